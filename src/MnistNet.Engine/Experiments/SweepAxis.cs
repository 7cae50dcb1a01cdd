using System.Globalization;

namespace MnistNet;

/// <summary>One setting of a sweep and the values it takes.</summary>
public sealed class SweepAxis
{
    private readonly Setting _setting;

    /// <summary>Checks and keeps the values; equal ones count once.</summary>
    /// <param name="name">A setting of a <see cref="SweepRun"/>, such as <c>Alpha</c>.</param>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="SettingException">There is no such setting, or there are no values, or a value is not of the
    /// setting.</exception>
    public SweepAxis(string name, IEnumerable<object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _setting = SettingCatalog.Find(name) is { CanBeSwept: true } setting
            ? setting
            : throw new SettingException(
                name,
                $"'{name}' is not a setting that a sweep can vary. There are {string.Join(", ", Known)}.",
                "UnknownSetting");
        try
        {
            Values = [.. values.Select(value => _setting.Parse(Setting.Text(value))).Distinct()];
        }
        catch (FormatException exception)
        {
            throw new SettingException(Name, exception.Message);
        }

        if (Values.Count == 0)
        {
            throw new SettingException(
                Name, $"{Name} has no values: the grid is empty. Give at least one.", "EmptyGrid");
        }
    }

    /// <summary>The setting.</summary>
    public string Name => _setting.Name;

    /// <summary>Its values, each once.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>Whether the values are the two ends of a range of numbers, for random sampling.</summary>
    internal bool IsRange => Values.Count == 2
        && _setting != SettingCatalog.Seed
        && Values.All(
            value => value is double or int
                || (value is string text && int.TryParse(text, CultureInfo.InvariantCulture, out _)));

    private static IEnumerable<string> Known =>
        SettingCatalog.All.Where(setting => setting.CanBeSwept).Select(setting => setting.Name);

    /// <summary>
    /// A value drawn from this axis: from the range between two numbers, or one of the values. Settings whose size
    /// matters more than their difference (α, λ, ε, widths, batch sizes) are drawn on a logarithmic scale. Numbers are
    /// rounded to three digits, so that a table shows them whole.
    /// </summary>
    internal object Draw(SeededRandom random)
    {
        if (!IsRange)
        {
            return Values[random.Next(Values.Count)];
        }

        double[] ends = [.. Values.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).Order()];
        bool isLogarithmic = ends[0] > 0 && _setting.IsLogarithmic;
        double drawn = isLogarithmic
            ? Math.Exp(random.NextDouble(Math.Log(ends[0]), Math.Log(ends[1])))
            : random.NextDouble(ends[0], ends[1]);
        if (Values[0] is double)
        {
            return Math.Clamp(ToThreeDigits(drawn), ends[0], ends[1]);
        }

        int whole = (int)Math.Round(drawn);
        return Values[0] is string ? Setting.Text(whole) : whole;
    }

    /// <summary>The nearest number of three significant digits, as a person would write it.</summary>
    internal static double ToThreeDigits(double value)
        => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
