using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MnistNet;

/// <summary>What a training is, apart from how far it got: its network, data and settings, as names and values.</summary>
internal static class CheckpointIdentity
{
    /// <summary>Settings that say how fast or how long, and never where to.</summary>
    private static readonly string[] Free = [nameof(TrainingSettings.Threads), nameof(TrainingSettings.MaxSeconds), nameof(TrainingSettings.EffectiveAlpha)];

    private static readonly PropertyInfo[] Settings = [.. typeof(TrainingSettings).GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => !Free.Contains(property.Name))];

    internal static IEnumerable<KeyValuePair<string, string>> Of(Network network, DigitSet train, TrainingSettings settings)
    {
        yield return new("network", network.ToString());
        yield return new("network weights", FingerprintOf(network));
        yield return new("data", train.ToString());
        yield return new("data content", train.GetFingerprint());
        settings = settings with { Alpha = settings.EffectiveAlpha };
        foreach (PropertyInfo property in Settings)
        {
            yield return new(property.Name, property.GetValue(settings) switch
            {
                null => "none",
                IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                object value => value.ToString()!,
            });
        }
    }

    /// <summary>Throws unless a checkpoint's identity is that of the training at hand.</summary>
    /// <exception cref="SettingException">It is another's; the message names what differs.</exception>
    internal static void RequireSame(IReadOnlyDictionary<string, string> found, IEnumerable<KeyValuePair<string, string>> given, string path)
    {
        // Weights and content differ silently: the names before them are what people know, so they come first.
        foreach ((string name, string value) in given)
        {
            string was = found.GetValueOrDefault(name, "none");
            if (was != value)
            {
                string difference = name switch
                {
                    "network weights" => "it began with other weights of the same shape; check the seed and the initializer, or the network given",
                    "data content" => "it learned from other digits of the same number",
                    "network" => $"it is of the network {was}, and the one given is {value}",
                    "data" => $"it learned from {was}, and the data given is {value}",
                    _ => $"its {name} is {was}, and now {name} is {value}",
                };
                throw new SettingException("Resume", $"{path} is a checkpoint of another training: {difference}. Give what it began with, or another -CheckpointPath.", "CheckpointOfAnotherTraining");
            }
        }
    }

    /// <summary>SHA-256 over all weights and biases, and over the preprocessing where there is one, in hex.</summary>
    internal static string FingerprintOf(Network network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix matrix in network.Parameters)
        {
            hash.AppendData(Tensor.Of(matrix, TensorType.F64).Bytes);
        }

        // Nothing is added for a network without: its fingerprint is what it was before there was preprocessing.
        if (network.Preprocessing != Preprocessing.None)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(network.Preprocessing.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
