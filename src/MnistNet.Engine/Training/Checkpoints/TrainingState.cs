namespace MnistNet;

/// <summary>
/// All that a training needs to go on to the same bits, as it stands after any step. The order of the images is not
/// in it: it follows from the seed and the number of the epoch.
/// </summary>
internal sealed record TrainingState
{
    /// <summary>The number of steps done.</summary>
    public required int StepsDone { get; init; }

    /// <summary>The parameters, in the kernels' layout.</summary>
    public required float[] Parameters { get; init; }

    /// <summary>The parameters that the latest row began with, known to give a finite loss.</summary>
    public required float[] Finite { get; init; }

    /// <summary>The number of steps that led to <see cref="Finite"/>.</summary>
    public required int FiniteSteps { get; init; }

    /// <summary>What has been summed up of the row under way; nothing between two rows.</summary>
    public RowSums Row { get; init; }

    /// <summary>The parameters with the best validation loss; null without patience.</summary>
    public float[]? Best { get; init; }

    /// <summary>The number of steps that led to <see cref="Best"/>.</summary>
    public int BestSteps { get; init; }

    /// <summary>The optimiser's first and second state; empty where it has none.</summary>
    public required float[][] Optimizer { get; init; }

    /// <summary>The best validation loss so far.</summary>
    public required double BestLoss { get; init; }

    /// <summary>The number of rows since then.</summary>
    public required int RowsSinceBest { get; init; }

    /// <summary>β₁ᵗ.</summary>
    public required double Beta1Power { get; init; }

    /// <summary>β₂ᵗ.</summary>
    public required double Beta2Power { get; init; }

    /// <summary>The number of images learned from, each pass counted.</summary>
    public required long ImagesSeen { get; init; }

    /// <summary>The time spent so far.</summary>
    public required double Seconds { get; init; }

    /// <summary>The rows so far.</summary>
    public required IReadOnlyList<HistoryRow> History { get; init; }

    /// <summary>Why training ended; null while it can go on.</summary>
    public StopReason? StopReason { get; init; }
}

/// <summary>What a row of history is made of, summed up over its steps so far.</summary>
/// <param name="Loss">The losses of its images.</param>
/// <param name="Correct">The number of images recognised.</param>
/// <param name="Images">The number of images; 0 means that the row has not begun.</param>
/// <param name="Alpha">α of its last step.</param>
/// <param name="GradientSquares">The squared length of its last gradient.</param>
internal readonly record struct RowSums(double Loss, int Correct, int Images, double Alpha, double GradientSquares);
