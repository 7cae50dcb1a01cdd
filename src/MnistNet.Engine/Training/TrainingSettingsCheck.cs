namespace MnistNet;

/// <summary>Refuses settings that cannot be meant, before any work.</summary>
internal static class TrainingSettingsCheck
{
    /// <summary>Throws unless the settings are in their ranges and fit each other and the data.</summary>
    /// <exception cref="SettingException">One is not, or two contradict each other.</exception>
    public static void Check(TrainingSettings settings, DigitSet train)
    {
        foreach (Setting setting in SettingCatalog.All)
        {
            if (setting.IsOfTraining)
            {
                setting.Require(setting.Of(settings));
            }
        }

        if (settings.Epochs is not null && settings.Iterations is not null)
        {
            throw new SettingException("Epochs",
                "Both Epochs and Iterations were given: the length of a run is one or the "
                + "other.", "EpochsAndIterations");
        }

        if (settings.Epochs is not null && settings.BatchSize is null)
        {
            throw new SettingException("Epochs",
                "Epochs were given without a BatchSize. Give one, such as 128; or count full-batch updates with "
                + "Iterations.", "EpochsWithoutBatchSize");
        }

        if (settings.Patience is not null && settings.ValidationFraction == 0)
        {
            throw new SettingException("Patience",
                "Patience watches the validation loss, but nothing is held back for validation. Give "
                + "ValidationFraction too, such as 0.1.", "PatienceWithoutValidation");
        }

        CheckBatchSize(settings, train);
    }

    /// <summary>Throws unless the digits make at least one batch.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="train">What is left to learn from, without the validation share.</param>
    /// <exception cref="SettingException">The batch is larger.</exception>
    public static void CheckBatchSize(TrainingSettings settings, DigitSet train)
    {
        if (settings.BatchSize > train.Count)
        {
            throw new SettingException("BatchSize",
                $"A batch of {settings.BatchSize:N0} was asked for, but {train.Name} has {train.Count:N0} digits to "
                + $"learn from. Leave BatchSize out to use all of them at once.", "BatchLargerThanData");
        }
    }

    /// <summary>The number of steps of a run.</summary>
    /// <param name="settings">Settings in their ranges.</param>
    /// <param name="stepsPerEpoch">The number of batches that the digits make.</param>
    /// <exception cref="SettingException">There are more than can be counted.</exception>
    public static int CountSteps(TrainingSettings settings, int stepsPerEpoch)
    {
        long steps = settings.EffectiveIterations ?? (long)settings.Epochs!.Value * stepsPerEpoch;
        return steps <= int.MaxValue
            ? (int)steps
            : throw new SettingException("Epochs",
                $"{settings.Epochs:N0} epochs of {stepsPerEpoch:N0} batches are {steps:N0} steps; at most "
                + $"{int.MaxValue:N0} can be counted. Give fewer epochs.");
    }
}
