using System.Globalization;
using System.Reflection;

namespace MnistNet;

/// <summary>
/// One setting of a training as it is declared: what it is called, what it may be, what it is when it is not given, and
/// what it does. Training, sweeps, the range test, checkpoints and cmdlets all read it from here.
/// </summary>
public sealed class Setting
{
    private static readonly TrainingSettings Usual = new();

    // What TrainingSettings holds of this setting; null for those that describe a new network.
    private readonly PropertyInfo? _property;

    internal Setting(string name, string meaning)
    {
        Name = name;
        Meaning = meaning;
        _property = typeof(TrainingSettings).GetProperty(name);
        Type = _property is null ? typeof(string) : Underlying(_property.PropertyType);
        Default = _property?.GetValue(Usual);
    }

    /// <summary>The name, such as <c>Alpha</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in one sentence.</summary>
    public string Meaning { get; }

    /// <summary>The type of its values: a number, an enumeration, or text.</summary>
    public Type Type { get; internal init; }

    /// <summary>
    /// What it is when it is not given; null where that depends on others, as <see cref="DefaultText"/> says.
    /// </summary>
    public object? Default { get; internal init; }

    /// <summary>The default in words; empty where there is none.</summary>
    public string DefaultText
    {
        get => field ?? Text(Default);
        internal init;
    }

    /// <summary>The numbers that it may be; null for text, enumerations and seeds.</summary>
    public SettingRange? Range { get; internal init; }

    /// <summary>The optimisers that look at it; empty when all do.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; internal init; } = [];

    /// <summary>
    /// The first augmentation that looks at it; those after it do all that it does, and more. None when it is not a
    /// strength of augmentation.
    /// </summary>
    public Augmentation Augmentation { get; internal init; }

    /// <summary>Whether a sweep can vary it.</summary>
    public bool CanBeSwept { get; internal init; } = true;

    /// <summary>What the numbers of its range are, for a message: <c>it lies in (0, 1]</c>.</summary>
    internal string Expected { get; init; } = "";

    /// <summary>
    /// Whether another value gives another network. What does not is free to change when a training goes on.
    /// </summary>
    internal bool DecidesResult { get; init; } = true;

    /// <summary>
    /// Whether its size matters more than differences, so that a sweep draws it on a logarithmic scale.
    /// </summary>
    internal bool IsLogarithmic { get; init; }

    /// <summary>Whether it is a setting of the training, and not of the network to begin with.</summary>
    internal bool IsOfTraining => _property is not null;

    /// <summary>Throws unless a value is inside the range.</summary>
    /// <param name="value">The value; null means that it is not given.</param>
    /// <param name="name">What it is called where it is not given as this setting, such as an end of a range of
    /// values.</param>
    /// <exception cref="SettingException">It is not.</exception>
    public void Require(object? value, string? name = null)
    {
        if (value is not null && Range?.Contains(Convert.ToDouble(value, CultureInfo.InvariantCulture)) == false)
        {
            throw new SettingException(name ?? Name, $"{name ?? Name} is {Text(value)}: {Expected}.");
        }
    }

    /// <summary>A value as text that reads back to the same value in every culture; empty for null.</summary>
    public static string Text(object? value) => value switch
    {
        int[] widths => HiddenLayers.ToText(widths),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    /// <summary>Reads a value.</summary>
    /// <param name="text">Text as <see cref="Text"/> makes it.</param>
    /// <exception cref="FormatException">The text is not a value of this setting; the message names both.</exception>
    /// <exception cref="SettingException">It is outside of the range.</exception>
    public object Parse(string text)
    {
        object value = Parse(Name, Type, text);
        Require(value);
        return value;
    }

    /// <summary>Reads a value of a type.</summary>
    internal static object Parse(string name, Type type, string text)
    {
        type = Underlying(type);
        if (type == typeof(string))
        {
            return name == nameof(SettingCatalog.Hidden) ? HiddenLayers.ToText(HiddenLayers.Parse(text)) : text;
        }

        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int whole))
        {
            return whole;
        }

        if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, invariant, out double number))
        {
            return number;
        }

        // Enum.Parse would also take numbers and lists.
        if (type.IsEnum && Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse(type, text, ignoreCase: true);
        }

        string expected = type.IsEnum
            ? $"one of {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(int) ? "a whole number" : "a number";
        throw new FormatException($"'{text}' in column {name}; expected {expected}.");
    }

    /// <summary>The value that settings have; for settings of the training only.</summary>
    internal object? Of(TrainingSettings settings) => _property!.GetValue(settings);

    /// <summary>Fills the value in; for settings of the training only.</summary>
    internal void Fill(TrainingSettings settings, object? value) => _property!.SetValue(settings, value);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
