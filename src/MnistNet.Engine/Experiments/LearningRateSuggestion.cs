using System.Globalization;

namespace MnistNet;

/// <summary>What a learning-rate range test found.</summary>
public sealed class LearningRateSuggestion
{
    /// <summary>Reads the suggestion off the steps of a test.</summary>
    /// <param name="trials">The steps, of which at most one is marked.</param>
    public LearningRateSuggestion(IReadOnlyList<LearningRateTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        Trials = new RowList<LearningRateTrial>([.. trials]);
        foreach (LearningRateTrial trial in trials.Where(trial => trial.IsSuggested))
        {
            (Alpha, SmoothedLoss) = (trial.Alpha, trial.SmoothedLoss);
        }
    }

    /// <summary>
    /// The learning rate α at which the smoothed loss falls most steeply; null where it falls nowhere.
    /// </summary>
    public double? Alpha { get; }

    /// <summary>The smoothed loss there; null where it falls nowhere.</summary>
    public double? SmoothedLoss { get; }

    /// <summary>Every step of the test.</summary>
    public IReadOnlyList<LearningRateTrial> Trials { get; }

    /// <summary>Such as <c>α = 0.42, of 181 tried</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Alpha is double alpha ? $"α = {Setting.Text(alpha)}" : "no α")}, of {Trials.Count:N0} tried");
}
