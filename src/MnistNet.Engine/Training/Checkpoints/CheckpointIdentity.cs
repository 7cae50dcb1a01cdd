namespace MnistNet;

/// <summary>
/// What a training is, apart from how far it got: its network, data and settings, as names and values.
/// </summary>
internal static class CheckpointIdentity
{
    internal static IEnumerable<KeyValuePair<string, string>> Of(
        Network network, DigitSet train, TrainingSettings settings)
    {
        yield return new("network", network.ToString());
        yield return new("network weights", network.FullFingerprint);
        yield return new("data", train.ToString());
        yield return new("data content", train.GetFingerprint());
        settings = settings with { Alpha = settings.EffectiveAlpha };
        foreach (Setting setting in SettingCatalog.All)
        {
            if (setting.IsOfTraining && setting.DecidesResult)
            {
                yield return new(setting.Name, setting.Of(settings) is object value ? Setting.Text(value) : "none");
            }
        }
    }

    /// <summary>Throws unless a checkpoint's identity is that of the training at hand.</summary>
    /// <exception cref="SettingException">It is another's; the message names what differs.</exception>
    internal static void RequireSame(
        IReadOnlyDictionary<string, string> found, IEnumerable<KeyValuePair<string, string>> given, string path)
    {
        // Weights and content differ silently: the names before them are what people know, so they come first.
        foreach ((string name, string value) in given)
        {
            // A setting that the checkpoint does not name came later: what wrote it did as the default does.
            string was = found.GetValueOrDefault(name) ?? Default(name);
            if (was != value)
            {
                string difference = name switch
                {
                    "network weights" =>
                        "it began with other weights of the same shape; check the seed and the initializer, or the "
                        + "network given",
                    "data content" => "it learned from other digits of the same number",
                    "network" => $"it is of the network {was}, and the one given is {value}",
                    "data" => $"it learned from {was}, and the data given is {value}",
                    _ => $"its {name} is {was}, and now {name} is {value}",
                };
                throw new SettingException("Resume",
                    $"{path} is a checkpoint of another training: {difference}. Give what it began with, or another "
                    + $"`CheckpointPath`.",
                    "CheckpointOfAnotherTraining");
            }
        }
    }

    private static string Default(string name)
        => SettingCatalog.Find(name)?.Default is object value ? Setting.Text(value) : "none";
}
