namespace MnistNet;

/// <summary>
/// Watches the validation loss, keeps the parameters with the best one, and says when patience has run out.
/// </summary>
/// <param name="patience">The number of rows without improvement that end a training.</param>
/// <param name="minimumDelta">How much the loss must fall to count as an improvement.</param>
internal sealed class EarlyStopping(int patience, double minimumDelta)
{
    /// <summary>The parameters with the best validation loss; null before the first improvement.</summary>
    internal float[]? Best { get; private set; }

    /// <summary>The number of steps that led to <see cref="Best"/>.</summary>
    internal int BestSteps { get; private set; }

    /// <summary>The best validation loss.</summary>
    internal double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The number of rows since then.</summary>
    internal int RowsSinceBest { get; private set; }

    /// <summary>Takes note of a row.</summary>
    /// <param name="validationLoss">Its validation loss.</param>
    /// <param name="parameters">The parameters that gave it.</param>
    /// <param name="steps">The number of steps that led to them.</param>
    /// <returns>Whether training should stop.</returns>
    internal bool Observe(double validationLoss, ReadOnlySpan<float> parameters, int steps)
    {
        if (!(validationLoss < BestLoss - minimumDelta))
        {
            return ++RowsSinceBest >= patience;
        }

        BestLoss = validationLoss;
        BestSteps = steps;
        RowsSinceBest = 0;
        Best ??= new float[parameters.Length];
        parameters.CopyTo(Best);
        return false;
    }

    /// <summary>Goes on as after the rows of an earlier call.</summary>
    internal void Resume(TrainingState state)
    {
        Best = (float[]?)state.Best?.Clone();
        BestSteps = state.BestSteps;
        BestLoss = state.BestLoss;
        RowsSinceBest = state.RowsSinceBest;
    }
}
