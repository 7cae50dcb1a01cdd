using System.Globalization;
using System.Reflection;

namespace MnistNet;

/// <summary>The columns of a <see cref="SweepRun"/>, in order: how each is written as text and read again.</summary>
internal static class SweepColumns
{
    /// <summary>All columns.</summary>
    internal static IReadOnlyList<PropertyInfo> All { get; } = typeof(SweepRun).GetProperties(BindingFlags.Instance | BindingFlags.Public);

    /// <summary>The columns that decide a run: two rows that agree in them, on the same data, are the same run.</summary>
    internal static IReadOnlyList<PropertyInfo> Settings { get; } = [.. All.TakeWhile(column => column.Name != nameof(SweepRun.Data))];

    /// <summary>The settings of a run as one text.</summary>
    internal static string KeyOf(SweepRun run) => string.Join('|', Settings.Select(column => Text(column.GetValue(run))));

    /// <summary>A value as text that reads back to the same value; empty for null.</summary>
    internal static string Text(object? value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";

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
                column.SetValue(run, Convert(column.Name, column.PropertyType, text));
            }
            else if (column.PropertyType == typeof(string))
            {
                column.SetValue(run, "");
            }
        }

        return run;
    }

    /// <summary>Reads one value of a column.</summary>
    /// <exception cref="FormatException">The text is not of the column.</exception>
    internal static object Convert(string name, Type type, string text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole))
        {
            return whole;
        }

        if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return number;
        }

        if (type.IsEnum && Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse(type, text, ignoreCase: true);
        }

        throw new FormatException($"'{text}' in column {name}; expected {(type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : type == typeof(int) ? "a whole number" : "a number")}.");
    }
}
