namespace MnistNet.Kernels;

/// <summary>
/// What one worker does with a block of images: forward, back, and the gradient, added to that of the block.
/// </summary>
internal abstract unsafe class BlockPass : IDisposable
{
    /// <summary>Goes forward and back.</summary>
    /// <param name="block">The images.</param>
    /// <param name="gradient">The block's gradient, to be added to.</param>
    /// <param name="correct">Is increased by the number of images recognised.</param>
    /// <param name="cancellation">Looked at between tiles of work.</param>
    /// <returns>The sum of the losses.</returns>
    public abstract double Run(in Batch block, float* gradient, ref int correct, CancellationToken cancellation);

    public abstract void Dispose();
}
