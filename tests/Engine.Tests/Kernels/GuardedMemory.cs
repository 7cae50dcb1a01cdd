using System.Runtime.InteropServices;
using MnistNet.Kernels;

namespace MnistNet.Tests;

/// <summary>
/// Memory between two pages that nobody may touch: the first access outside a buffer ends the process. Buffers lie
/// against the page behind them, or against the one before them.
/// </summary>
internal sealed unsafe partial class GuardedMemory(bool againstTheEnd) : BufferMemory
{
    private const int PageSize = 4096, NoAccess = 0, ReadWrite = 3, PrivateAnonymous = 0x22;

    public override void* Allocate(nuint bytes)
    {
        byte* area = (byte*)Map(null, Span(bytes) + (2 * PageSize), NoAccess, PrivateAnonymous, -1, 0);
        if ((nint)area == -1 || Protect(area + PageSize, Span(bytes), ReadWrite) != 0)
        {
            throw new InvalidOperationException("No guarded memory.");
        }

        // Filled with NaN, and with grey level and pixel number 255 and 65,535: who reads what was not written shall
        // notice.
        new Span<byte>(area + PageSize, checked((int)Span(bytes))).Fill(0xFF);
        nuint slack = againstTheEnd ? Span(bytes) - bytes : 0;
        return area + PageSize + (slack / sizeof(float) * sizeof(float));
    }

    public override void Free(void* memory, nuint bytes)
    {
        byte* area = (byte*)((nuint)memory / PageSize * PageSize) - PageSize;
        _ = Unmap(area, Span(bytes) + (2 * PageSize));
    }

    private static nuint Span(nuint bytes) => (bytes + PageSize - 1) / PageSize * PageSize;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
