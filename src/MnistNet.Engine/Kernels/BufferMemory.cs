using System.Runtime.InteropServices;

namespace MnistNet.Kernels;

/// <summary>
/// Where buffers get their memory. Tests put memory with guard pages in its place, at which a stray access faults.
/// </summary>
internal unsafe class BufferMemory
{
    /// <summary>A cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private static readonly BufferMemory Native = new();

    [ThreadStatic]
    private static BufferMemory? t_current;

    /// <summary>What buffers that are made on this thread use.</summary>
    public static BufferMemory Current
    {
        get => t_current ?? Native;
        set => t_current = value;
    }

    /// <summary>Allocates memory that begins at a multiple of <see cref="Alignment"/>.</summary>
    public virtual void* Allocate(nuint bytes) => NativeMemory.AlignedAlloc(bytes, Alignment);

    /// <summary>Frees it.</summary>
    public virtual void Free(void* memory, nuint bytes) => NativeMemory.AlignedFree(memory);
}
