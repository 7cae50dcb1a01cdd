namespace MnistNet.Kernels;

/// <summary>
/// A way to share out the work of a step among workers. It is chosen by the network and never by the number of threads,
/// and cuts the work into the same parts for any number of them, so that every sum has one order and the result the
/// same bits.
/// </summary>
internal abstract class WorkSharing : IDisposable
{
    /// <summary>One step: forward propagation, backpropagation and update on some images.</summary>
    /// <param name="batch">The images.</param>
    /// <param name="step">The update.</param>
    /// <param name="cancellation">Looked at between tiles of work.</param>
    public abstract StepOutcome Run(in Batch batch, in UpdateStep step, CancellationToken cancellation);

    public abstract void Dispose();

    /// <summary>
    /// The number of parts of a given size that a number of things make; the last part may be smaller.
    /// </summary>
    protected static int Parts(int count, int size) => (count + size - 1) / size;
}
