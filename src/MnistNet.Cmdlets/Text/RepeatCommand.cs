using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>What to type to have a training again.</summary>
internal static class RepeatCommand
{
    private const int AllDigits = 60_000;

    private static readonly Setting[] s_ofNetwork =
    [
        SettingCatalog.Hidden, SettingCatalog.Activation, SettingCatalog.Initializer, SettingCatalog.Preprocessing,
    ];

    /// <summary>The command of a training.</summary>
    /// <param name="training">What it gave.</param>
    /// <param name="data">The digits that it was given, where they are at hand; their number is known then.</param>
    internal static string Of(TrainingResult training, MnistDataset? data)
    {
        string settings = string.Concat(SettingCatalog.All
            .Where(setting => setting.IsOfTraining)
            .Where(setting => setting.DecidesResult || setting == SettingCatalog.SnapshotEvery)
            .Select(setting => Argument(setting, setting.Of(training.Settings))));
        string digits = data?.Train.Name == training.Data && SyntheticDigits.SeedOf(data) is int seed
            ? $"Import-Mnist -Synthetic{Count(data.Train.Count)}{Argument(SettingCatalog.Seed, seed)}"
            : Data(training.Data, data?.Train.Name == training.Data ? data.Train.Count : null);
        return $"{digits} | Invoke-Training{Beginning(training)}{settings}";
    }

    /// <summary>The command of a run of a sweep.</summary>
    internal static string Of(SweepRun run)
    {
        string arguments = string.Concat(SweepColumns.Settings
            .Select(column => (Setting: SettingCatalog.Find(column.Name)!, Value: column.GetValue(run)))
            .Where(pair => pair.Setting != SettingCatalog.Recipe)
            .Select(pair => Argument(pair.Setting, pair.Value)));
        return $"{Data(run.Data, null)} | Invoke-Training{arguments}";
    }

    /// <summary>Such as <c> -Alpha 0.5</c>; nothing for what goes without saying.</summary>
    private static string Argument(Setting setting, object? value)
    {
        string text = Setting.Text(value);
        bool isSilent = text.Length == 0 || text == Setting.Text(setting.Default);
        return isSilent ? "" : $" -{setting.Name} {text}";
    }

    /// <summary>
    /// What makes the network that it began with. One that was trained before, or came from a file, nothing makes: a
    /// variable stands for it.
    /// </summary>
    private static string Beginning(TrainingResult training)
    {
        Network network = training.Network;
        if (!training.IsFromScratch)
        {
            return " $network";
        }

        string made = string.Concat(s_ofNetwork.Select(setting => Argument(setting, ValueOf(network, setting))));
        return network.Seed == training.Seed
            ? made
            : $" (New-Network{made}{Argument(SettingCatalog.Seed, network.Seed)})";
    }

    private static object? ValueOf(Network network, Setting setting)
        => typeof(Network).GetProperty(setting.Name)!.GetValue(network);

    /// <summary>What brings the digits; a variable where their name does not tell where they came from.</summary>
    private static string Data(string name, int? count)
    {
        DatasetDescriptor? known = DatasetDescriptor.All
            .FirstOrDefault(descriptor => descriptor.SetName(DatasetSplit.Train) == name);
        if (known is null)
        {
            return "$data";
        }

        string which = known.Name == DatasetName.Mnist ? "" : $" -Dataset {known.Name}";
        return $"Import-Mnist{which}{Count(count)}";
    }

    private static string Count(int? count)
        => count is int some && some != AllDigits ? Invariant($" -Count {some}") : "";
}
