namespace MnistNet;

/// <summary>
/// The settings as they were given, by name: at a prompt, in a row of a sweep, in a line of a CSV file. What was not
/// given is left to the recipe, and what the recipe does not say to the defaults. This is the one way from such values
/// to a training.
/// </summary>
public sealed class GivenSettings
{
    private readonly Dictionary<string, object> _values;

    private GivenSettings(Dictionary<string, object> values) => _values = values;

    /// <summary>Takes values as they are given. Null and empty text count as not given.</summary>
    /// <param name="values">Names and values: of the setting's type, or text that reads as one.</param>
    /// <exception cref="SettingException">There is no such setting, or a value is outside of its range.</exception>
    public static GivenSettings Of(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var given = new Dictionary<string, object>();
        foreach ((string name, object? value) in values)
        {
            Setting setting = SettingCatalog.Find(name) ?? throw new SettingException(
                name,
                $"'{name}' is not a setting of a training. There are "
                    + $"{string.Join(", ", SettingCatalog.All.Select(known => known.Name))}.",
                "UnknownSetting");
            if (value is null or "")
            {
                continue;
            }

            try
            {
                given[setting.Name] = setting.Parse(Setting.Text(value));
            }
            catch (FormatException exception)
            {
                throw new SettingException(setting.Name, exception.Message);
            }
        }

        return new GivenSettings(given);
    }

    /// <summary>The names of what was given.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The recipe given, or the classic one.</summary>
    public Recipe Recipe => (Recipe)(Value(SettingCatalog.Recipe) ?? Recipe.Classic);

    /// <summary>The widths of the hidden layers: those given, or those that the recipe is meant for.</summary>
    public IReadOnlyList<int> Hidden =>
        Value(SettingCatalog.Hidden) is string text ? HiddenLayers.Parse(text) : Recipe.GetHidden();

    /// <summary>What the hidden layers apply.</summary>
    public Activation Activation =>
        (Activation)(Value(SettingCatalog.Activation) ?? SettingCatalog.Activation.Default)!;

    /// <summary>How the first weights are drawn.</summary>
    public Initializer Initializer =>
        (Initializer)(Value(SettingCatalog.Initializer) ?? SettingCatalog.Initializer.Default)!;

    /// <summary>The preprocessing of the network: the one given, or the one that the recipe is meant for.</summary>
    public Preprocessing Preprocessing =>
        (Preprocessing)(Value(SettingCatalog.Preprocessing) ?? Recipe.GetPreprocessing());

    /// <summary>The seed.</summary>
    public int Seed => (int)(Value(SettingCatalog.Seed) ?? 0);

    /// <summary>The settings of the training.</summary>
    public TrainingSettings ToTraining()
    {
        // A copy: what a recipe consists of stays as it is.
        TrainingSettings settings = Recipe.GetSettings() with { };
        if (HasLength)
        {
            // The length of a run is one or the other: a length given takes the place of the recipe's.
            settings = settings with { Iterations = null, Epochs = null };
        }

        foreach ((string name, object value) in _values)
        {
            Setting setting = SettingCatalog.Find(name)!;
            if (setting.IsOfTraining)
            {
                setting.Fill(settings, value);
            }
        }

        return settings;
    }

    /// <summary>The fresh network to begin with.</summary>
    /// <param name="inputs">The number of pixels of an image.</param>
    /// <param name="cancellation">Ends the drawing of a large network.</param>
    public Network CreateNetwork(int inputs = 784, CancellationToken cancellation = default)
        => Network.Create(Hidden, Activation, Initializer, Seed, inputs, Preprocessing, cancellation);

    /// <summary>
    /// These settings, and those of another where these are silent. A recipe given here counts with all that it
    /// consists of, and a length given here, in iterations or epochs, takes the place of the other's.
    /// </summary>
    public GivenSettings Over(GivenSettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var values = new Dictionary<string, object>(other._values);
        if (HasLength || _values.ContainsKey(SettingCatalog.Recipe.Name))
        {
            values.Remove(SettingCatalog.Iterations.Name);
            values.Remove(SettingCatalog.Epochs.Name);
        }

        foreach (Setting setting in _values.ContainsKey(SettingCatalog.Recipe.Name) ? SettingCatalog.All : [])
        {
            bool isOfRecipe = setting.IsOfTraining
                ? !Equals(setting.Of(Recipe.GetSettings()), setting.Default)
                : setting == SettingCatalog.Hidden || setting == SettingCatalog.Preprocessing;
            if (isOfRecipe)
            {
                values.Remove(setting.Name);
            }
        }

        foreach ((string name, object value) in _values)
        {
            values[name] = value;
        }

        return new GivenSettings(values);
    }

    /// <summary>Throws when a setting was given that the optimiser or the augmentation would not look at.</summary>
    /// <param name="training">The settings in force.</param>
    /// <exception cref="SettingException">There is one.</exception>
    public void RequireUse(TrainingSettings training)
    {
        ArgumentNullException.ThrowIfNull(training);
        foreach (Setting setting in _values.Keys.Select(name => SettingCatalog.Find(name)!))
        {
            IReadOnlyList<Optimizer> users = setting.Optimizers;
            if (users.Count > 0 && !users.Contains(training.Optimizer))
            {
                throw new SettingException(
                    setting.Name,
                    $"`{setting}` belongs to the optimisers {string.Join(" and ", users)}; the optimiser here is "
                    + $"{training.Optimizer}. Add `Optimizer` {users[0]}, or leave `{setting}` away.",
                    "SettingOfAnotherOptimizer");
            }

            if (training.Augmentation < setting.Augmentation)
            {
                throw new SettingException(
                    setting.Name,
                    $"`{setting}` is a strength of the augmentation {setting.Augmentation}; the augmentation here is "
                    + $"{training.Augmentation}. Add `Augmentation` {setting.Augmentation}, or leave `{setting}` away.",
                    "SettingOfAnotherAugmentation");
            }
        }
    }

    private bool HasLength
        => _values.ContainsKey(SettingCatalog.Iterations.Name) || _values.ContainsKey(SettingCatalog.Epochs.Name);

    private object? Value(Setting setting) => _values.GetValueOrDefault(setting.Name);
}
