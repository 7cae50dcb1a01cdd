using System.Runtime.InteropServices;

namespace MnistNet.Kernels;

/// <summary>Zeroed memory for float32 numbers that begins on a cache line, as vectors like it.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    public AlignedBuffer(long length)
    {
        Length = length;
        nuint bytes = checked((nuint)(Math.Max(length, 1) * sizeof(float)));
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear(Pointer, bytes);
    }

    ~AlignedBuffer() => Free();

    /// <summary>The number of floats.</summary>
    public long Length { get; }

    /// <summary>The first number; null once freed.</summary>
    public float* Pointer { get; private set; }

    /// <summary>All numbers.</summary>
    public Span<float> Span => new(Pointer, checked((int)Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer is not null)
        {
            NativeMemory.AlignedFree(Pointer);
            Pointer = null;
        }
    }
}
