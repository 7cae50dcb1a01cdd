namespace MnistNet;

/// <summary>One step of a learning-rate range test.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Alpha">The learning rate of the step.</param>
/// <param name="Loss">The mean loss over the step's images, before its update.</param>
/// <param name="SmoothedLoss">The loss with the noise of single batches averaged out.</param>
/// <param name="IsSuggested">True for the one learning rate at which the smoothed loss falls most steeply.</param>
public sealed record LearningRateTrial(int Step, double Alpha, double Loss, double SmoothedLoss, bool IsSuggested);
