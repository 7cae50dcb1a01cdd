using System.Runtime.InteropServices;

namespace MnistNet.Kernels;

/// <summary>Native memory that begins on a cache line, as vectors like it.</summary>
/// <typeparam name="T">The type of its numbers.</typeparam>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private readonly BufferMemory _memory = BufferMemory.Current;
    private readonly nuint _bytes;

    /// <summary>Makes room.</summary>
    /// <param name="length">The number of numbers.</param>
    /// <param name="isZeroed">Whether they begin as zeros; false where all are written before any is read.</param>
    public AlignedBuffer(long length, bool isZeroed = true)
    {
        Length = length;
        _bytes = checked((nuint)(Math.Max(length, 1) * sizeof(T)));
        Pointer = (T*)_memory.Allocate(_bytes);
        GC.AddMemoryPressure((long)_bytes);
        if (isZeroed)
        {
            NativeMemory.Clear(Pointer, _bytes);
        }
    }

    ~AlignedBuffer() => Free();

    /// <summary>The number of numbers.</summary>
    public long Length { get; }

    /// <summary>The first number; null once freed.</summary>
    public T* Pointer { get; private set; }

    /// <summary>All numbers.</summary>
    public Span<T> Span => new(Pointer, checked((int)Length));

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
            _memory.Free(Pointer, _bytes);
            GC.RemoveMemoryPressure((long)_bytes);
            Pointer = null;
        }
    }
}
