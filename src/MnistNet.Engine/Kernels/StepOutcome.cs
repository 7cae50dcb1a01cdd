namespace MnistNet.Kernels;

/// <summary>What a step saw on its way: the losses and hits of its images, before its update.</summary>
/// <param name="LossSum">The sum of the losses of the images; not finite when the network has diverged.</param>
/// <param name="Correct">The number of images recognised.</param>
/// <param name="GradientSquares">The squared length of the mean gradient.</param>
/// <param name="IsCancelled">Whether the step was given up; then the parameters are as they were before it.</param>
internal readonly record struct StepOutcome(double LossSum, int Correct, double GradientSquares, bool IsCancelled)
{
    /// <summary>A step that was given up.</summary>
    public static readonly StepOutcome Cancelled = new(0, 0, 0, true);
}
