using System.Text.Json.Serialization;

namespace MnistNet;

/// <summary>One step of a learning-rate range test.</summary>
public readonly record struct LearningRateTrial
{
    // No parameters behind the name: they would show as a method Deconstruct at the prompt.
    /// <summary>Takes the values, in the order of the properties.</summary>
    [JsonConstructor]
    public LearningRateTrial(int step, double alpha, double loss, double smoothedLoss, bool isSuggested)
    {
        Step = step;
        Alpha = alpha;
        Loss = loss;
        SmoothedLoss = smoothedLoss;
        IsSuggested = isSuggested;
    }

    /// <summary>The step, counted from 1.</summary>
    public int Step { get; init; }

    /// <summary>The learning rate of the step.</summary>
    public double Alpha { get; init; }

    /// <summary>The mean loss over the step's images, before its update.</summary>
    public double Loss { get; init; }

    /// <summary>The loss with the noise of single batches averaged out.</summary>
    public double SmoothedLoss { get; init; }

    /// <summary>True for the one learning rate at which the smoothed loss falls most steeply.</summary>
    public bool IsSuggested { get; init; }
}
