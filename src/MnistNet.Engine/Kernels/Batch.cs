namespace MnistNet.Kernels;

/// <summary>Some images of a set: those at consecutive positions of an order.</summary>
/// <param name="order">The order; null for the set's own.</param>
/// <param name="start">The position of the first image.</param>
/// <param name="count">The number of images.</param>
internal readonly unsafe struct Batch(int* order, int start, int count)
{
    /// <summary>The position of the first image.</summary>
    public int Start { get; } = start;

    /// <summary>The number of images.</summary>
    public int Count { get; } = count;

    /// <summary>Whether the images stand in the set's own order.</summary>
    public bool IsInSetOrder => order is null;

    /// <summary>The number in the set of an image, counted from 0 here.</summary>
    public int this[int image] => order is null ? Start + image : order[Start + image];

    /// <summary>A part of these images.</summary>
    public Batch Slice(int first, int count) => new(order, Start + first, count);
}
