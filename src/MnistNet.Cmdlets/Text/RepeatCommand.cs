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

    /// <summary>The command of a training; empty where its first weights are not known.</summary>
    /// <param name="training">What it gave.</param>
    /// <param name="trainCount">How many digits it was given, where that is known.</param>
    internal static string Of(TrainingResult training, int? trainCount)
    {
        Network network = training.Network;
        if (network.Initializer is null || network.Seed is not int seed)
        {
            return "";
        }

        string ofNetwork = string.Concat(s_ofNetwork.Select(setting => Argument(setting, ValueOf(network, setting))));
        string ofTraining = string.Concat(SettingCatalog.All
            .Where(setting => setting.IsOfTraining)
            .Where(setting => setting.DecidesResult || setting == SettingCatalog.SnapshotEvery)
            .Select(setting => Argument(setting, setting.Of(training.Settings))));
        string made = seed == training.Seed
            ? ofNetwork
            : $" (New-Network{ofNetwork}{Argument(SettingCatalog.Seed, seed)})";
        return $"{Data(training.Data, trainCount)} | Invoke-Training{made}{ofTraining}";
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
        return $"Import-Mnist{which}{(count is int some && some != AllDigits ? Invariant($" -Count {some}") : "")}";
    }
}
