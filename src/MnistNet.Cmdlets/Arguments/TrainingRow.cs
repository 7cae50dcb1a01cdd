namespace MnistNet.Cmdlets;

/// <summary>
/// The settings of a training as a row of a sweep has them: from memory, from its CSV, from a job, or written by hand.
/// An empty field is a setting that was not given.
/// </summary>
public sealed class TrainingRow
{
    /// <summary>What PowerShell and the sweep add to rows beside the settings and the figures.</summary>
    private static readonly string[] s_besides =
    [
        nameof(SweepRun.Network), "Fingerprint",
        "PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId",
    ];

    private readonly KeyValuePair<string, object?>[] _values;

    private TrainingRow(IEnumerable<KeyValuePair<string, object?>> values) => _values = [.. values];

    /// <summary>The row of a run.</summary>
    internal static TrainingRow Of(SweepRun run)
        => new(SweepColumns.Settings.Select(column => KeyValuePair.Create(column.Name, column.GetValue(run))));

    /// <summary>The row of a table, of JSON or of a job.</summary>
    /// <exception cref="MnistNetException">A name or a value is not of a training; the message names it.</exception>
    internal static TrainingRow Parse(object item)
    {
        var values = new List<KeyValuePair<string, object?>>();
        KeyValuePair<string, object?>[] fields = [.. ObjectRow.Read(item)];
        bool isOfVersion01 = Has(fields, nameof(SweepRun.NetworkFingerprint)) && !Has(fields, nameof(SweepRun.Recipe));
        foreach ((string name, object? value) in fields)
        {
            if (FindSetting(name) is Setting setting)
            {
                // A sweep's rows of version 0.1 left the field empty where a network had no hidden layer.
                object? text = ObjectRow.Text(value);
                bool isNone = isOfVersion01 && setting == SettingCatalog.Hidden && text is null or "";
                values.Add(new(setting.Name, isNone ? LayerWidths.None : text));
            }
            else if (!IsFigure(name))
            {
                throw Unknown(name);
            }
        }

        var row = new TrainingRow(values);
        try
        {
            row.Select(_ => true);
        }
        catch (SettingException exception) when (exception.ErrorId != "UnknownSetting")
        {
            throw new DataFormatException(
                "TrainingRowInvalid",
                "The row",
                $"{exception.Message} Numbers have a point and no commas, whatever the culture.",
                exception);
        }

        return row;
    }

    /// <summary>Whether an object could be a row: it has a property whose name holds that of a setting.</summary>
    internal static bool CouldBe(object item)
        => ObjectRow.Read(item).Any(pair => SettingCatalog.All.Any(
            setting => pair.Key.Contains(setting.Name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The settings that the row gives, of those that are wanted.</summary>
    internal GivenSettings Select(Func<Setting, bool> isWanted)
        => GivenSettings.Of(_values.Where(pair => isWanted(SettingCatalog.Find(pair.Key)!)));

    private static bool Has(KeyValuePair<string, object?>[] fields, string name)
        => Array.Exists(fields, field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Setting? FindSetting(string name)
        => SettingCatalog.All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsFigure(string name)
        => s_besides.Contains(name, StringComparer.OrdinalIgnoreCase)
            || SweepColumns.All.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static SettingException Unknown(string name)
    {
        string advice = name.Contains(';', StringComparison.Ordinal) || name.Contains('\t', StringComparison.Ordinal)
            ? " The whole line was taken for one column: give Import-Csv the file's -Delimiter."
            : $" There are {string.Join(", ", SettingCatalog.All.Select(setting => setting.Name))}.";
        return new SettingException(name, $"'{name}' is not a setting of a training.{advice}", "UnknownSetting");
    }
}
