using MnistNet.Kernels;

namespace MnistNet;

/// <summary>Refuses settings that cannot be meant, before any work.</summary>
internal static class TrainingSettingsCheck
{
    /// <summary>The number of iterations when nobody says.</summary>
    public const int DefaultIterations = 700;

    // Training computes in float32. Within these bounds a factor stays far from 0 and from infinity, schedules and corrections included.
    private const double LeastFactor = 1e-30, MostFactor = 1e30;

    // Nearer to 1, a share that float32 holds would be 1, or 1 minus it be another number.
    private const double MostShare = 0.999999;

    // Adam's second moments count as 0 below 1e-30: beside √v, a smaller ε would turn the noise there into steps of any length.
    private const double LeastEpsilon = 1e-12;

    /// <summary>Throws unless the settings are in their ranges and fit each other and the data.</summary>
    /// <exception cref="SettingException">One is not, or two contradict each other.</exception>
    public static void Check(TrainingSettings settings, DigitSet train)
    {
        RequireAlpha("Alpha", settings.EffectiveAlpha);
        Require("Iterations", settings.Iterations, value => value >= 1, "training needs at least 1");
        Require("Epochs", settings.Epochs, value => value >= 1, "training needs at least 1");
        Require("BatchSize", settings.BatchSize, value => value >= 1, "a batch has at least 1 image");
        Require("Momentum", settings.Momentum, IsShare, $"it lies from 0 to {MostShare}, usually 0.9");
        Require("Beta1", settings.Beta1, IsShare, $"it lies from 0 to {MostShare}, usually 0.9");
        Require("Beta2", settings.Beta2, IsShare, $"it lies from 0 to {MostShare}, usually 0.999");
        Require("Epsilon", settings.Epsilon, value => value is >= LeastEpsilon and <= MostFactor, $"it is a small positive number of at least {LeastEpsilon}, usually 1e-8");
        Require("WeightDecay", settings.WeightDecay, value => value is 0 or (>= LeastFactor and <= MostFactor), $"it is 0 or a small positive number, such as 1e-4, that float32 can hold ({LeastFactor} to {MostFactor})");
        Require("WarmUp", settings.WarmUp, value => value is >= 0 and < 1, "it is a share of the run in [0, 1)");
        Require("LabelSmoothing", settings.LabelSmoothing, IsShare, $"it lies from 0 to {MostShare}, usually 0.05 or 0.1");
        Require("ValidationFraction", settings.ValidationFraction, value => value is >= 0 and < 1, "it is a share of the training set in [0, 1)");
        Require("Patience", settings.Patience, value => value >= 1, "it is a number of history rows, at least 1");
        Require("MinimumDelta", settings.MinimumDelta, value => value >= 0, "it is 0 or positive");
        Require("TargetAccuracy", settings.TargetAccuracy, value => value is > 0 and <= 1, "an accuracy lies in (0, 1]: 0.9 means 90 %");
        Require("MaxSeconds", settings.MaxSeconds, value => value > 0, "it is a positive number of seconds");
        Require("Threads", settings.Threads, value => value is >= 1 and <= WorkerTeam.MaximumSize, $"1 to {WorkerTeam.MaximumSize} threads can be used");
        if (settings.Epochs is not null && settings.Iterations is not null)
        {
            throw new SettingException("Epochs", "Both Epochs and Iterations were given: the length of a run is one or the other.", "EpochsAndIterations");
        }

        if (settings.Epochs is not null && settings.BatchSize is null)
        {
            throw new SettingException("Epochs", "Epochs were given without a BatchSize. Give one, such as 128; or count full-batch updates with Iterations.", "EpochsWithoutBatchSize");
        }

        if (settings.Patience is not null && settings.ValidationFraction == 0)
        {
            throw new SettingException("Patience", "Patience watches the validation loss, but nothing is held back for validation. Give ValidationFraction too, such as 0.1.", "PatienceWithoutValidation");
        }

        CheckBatchSize(settings, train);
    }

    /// <summary>Throws unless a learning rate is one that training can compute with.</summary>
    /// <param name="name">What the setting is called.</param>
    /// <param name="alpha">α.</param>
    /// <exception cref="SettingException">It is not.</exception>
    public static void RequireAlpha(string name, double alpha) => Require(
        name,
        alpha,
        value => value is >= LeastFactor and <= MostFactor,
        $"a learning rate is a positive number, such as 0.1, that float32 can hold ({LeastFactor} to {MostFactor})");

    /// <summary>Throws unless the digits make at least one batch.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="train">What is left to learn from, without the validation share.</param>
    /// <exception cref="SettingException">The batch is larger.</exception>
    public static void CheckBatchSize(TrainingSettings settings, DigitSet train)
    {
        if (settings.BatchSize > train.Count)
        {
            throw new SettingException("BatchSize", $"A batch of {settings.BatchSize:N0} was asked for, but {train.Name} has {train.Count:N0} digits to learn from. Leave BatchSize out to use all of them at once.", "BatchLargerThanData");
        }
    }

    /// <summary>The number of steps of a run.</summary>
    /// <param name="settings">Settings in their ranges.</param>
    /// <param name="stepsPerEpoch">The number of batches that the digits make.</param>
    /// <exception cref="SettingException">There are more than can be counted.</exception>
    public static int CountSteps(TrainingSettings settings, int stepsPerEpoch)
    {
        long steps = (long?)settings.Epochs * stepsPerEpoch ?? settings.Iterations ?? DefaultIterations;
        return steps <= int.MaxValue
            ? (int)steps
            : throw new SettingException("Epochs", $"{settings.Epochs:N0} epochs of {stepsPerEpoch:N0} batches are {steps:N0} steps; at most {int.MaxValue:N0} can be counted. Give fewer epochs.");
    }

    private static bool IsShare(double value) => value is 0 or (>= LeastFactor and <= MostShare);

    private static void Require(string name, double? value, Func<double, bool> isGood, string expected)
    {
        if (value is double given && !(double.IsFinite(given) && isGood(given)))
        {
            throw new SettingException(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {given}: {expected}."));
        }
    }
}
