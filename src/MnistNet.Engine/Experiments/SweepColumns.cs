using System.Reflection;

namespace MnistNet;

/// <summary>The columns of a <see cref="SweepRun"/>, in order: how each is written as text and read again.</summary>
internal static class SweepColumns
{
    /// <summary>All columns; the network of a row is not one, since no text holds it.</summary>
    internal static IReadOnlyList<PropertyInfo> All { get; } =
    [
        .. typeof(SweepRun)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(column => column.PropertyType != typeof(Network)),
    ];

    /// <summary>
    /// The columns that decide a run: two rows that agree in them, on the same data, are the same run.
    /// </summary>
    internal static IReadOnlyList<PropertyInfo> Settings { get; } = [.. All.Where(column =>
        SettingCatalog.Find(column.Name) is not null)];

    /// <summary>Columns that version 0.1 did not have: a file without them is an older one.</summary>
    internal static IReadOnlyList<string> AddedLater { get; } =
    [
        nameof(SweepRun.Recipe),
        nameof(SweepRun.Preprocessing),
        nameof(SweepRun.Augmentation),
        nameof(SweepRun.MaximumShift),
        nameof(SweepRun.MaximumRotation),
        nameof(SweepRun.MaximumScaling),
        nameof(SweepRun.MaximumShear),
        nameof(SweepRun.Elasticity),
        nameof(SweepRun.Smoothness),
    ];

    /// <summary>Whether a column holds numbers.</summary>
    internal static bool IsNumber(string name)
    {
        Type? type = All.FirstOrDefault(column => column.Name == name)?.PropertyType;
        return type is not null && (Nullable.GetUnderlyingType(type) ?? type) is Type plain
            && (plain == typeof(double) || plain == typeof(int));
    }

    /// <summary>The settings of a run as one text.</summary>
    internal static string KeyOf(SweepRun run) =>
        string.Join('|', Settings.Select(column => Setting.Text(column.GetValue(run))));

    /// <summary>Makes a row out of texts.</summary>
    /// <param name="field">The text of a column by its name; null or empty when it has none.</param>
    /// <exception cref="FormatException">A text is not of its column; the message names it.</exception>
    internal static SweepRun Parse(Func<string, string?> field)
    {
        var run = new SweepRun();
        foreach (PropertyInfo column in All)
        {
            string? text = field(column.Name);
            if (!string.IsNullOrEmpty(text))
            {
                column.SetValue(run, Setting.Parse(column.Name, column.PropertyType, text));
            }
            else if (column.PropertyType == typeof(string))
            {
                // Version 0.1 left the field of a network without hidden layers empty.
                column.SetValue(run, column.Name == nameof(SweepRun.Hidden) ? HiddenLayers.None : "");
            }
        }

        return run;
    }
}
