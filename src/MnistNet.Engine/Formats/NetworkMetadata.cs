using System.Globalization;

namespace MnistNet;

/// <summary>
/// What a file tells of a network beside its numbers: pairs of names and values, in every format the same.
/// </summary>
internal static class NetworkMetadata
{
    internal const string Format = "MnistNet network";

    /// <summary>Rises when an older reader would misunderstand a newer file.</summary>
    internal const int Version = 2;

    // Readers of version 1 know of no preprocessing: they would show the network the wrong images without a word.
    private const int VersionWithoutPreprocessing = 1;

    internal static IEnumerable<KeyValuePair<string, string>> Describe(Network network, TrainingResult? training)
    {
        yield return new("format", Format);
        bool isPlain = network.Preprocessing == Preprocessing.None;
        yield return new("format_version", Invariant(isPlain ? VersionWithoutPreprocessing : Version));
        yield return new("engine_version", EngineVersion.Text);
        yield return new("architecture", network.Shape);
        yield return new("activation", network.Activation.ToString());
        if (!isPlain)
        {
            yield return new("preprocessing", network.Preprocessing.ToString());
        }

        if (network.Initializer is Initializer initializer)
        {
            yield return new("initializer", initializer.ToString());
        }

        if (network.Seed is int seed)
        {
            yield return new("seed", Invariant(seed));
        }

        if (training is null)
        {
            yield break;
        }

        yield return new("data", training.Data);
        yield return new("optimizer", training.Settings.Optimizer.ToString());
        yield return new("alpha", Invariant(training.Alpha));
        yield return new("iterations", Invariant(training.Iterations));
        yield return new("training_seed", Invariant(training.Seed));
        yield return new("stop_reason", training.StopReason.ToString());
        if (training.Settings.BatchSize is int batch)
        {
            yield return new("batch_size", Invariant(batch));
        }

        if (training.TrainAccuracy is double train)
        {
            yield return new("train_accuracy", Invariant(train));
        }

        if (training.ValidationAccuracy is double validation)
        {
            yield return new("validation_accuracy", Invariant(validation));
        }

        if (training.TestAccuracy is double test)
        {
            yield return new("test_accuracy", Invariant(test));
        }
    }

    /// <summary>Makes a network of the parameters that a file holds and of what the file tells of it.</summary>
    /// <param name="parameters">W1, b1, W2, b2 ….</param>
    /// <param name="facts">The pairs that <see cref="Describe"/> wrote; others are ignored.</param>
    /// <param name="fail">Makes the exception of the format at hand.</param>
    /// <exception cref="DataFormatException">Activation or architecture is missing or wrong.</exception>
    internal static Network Build(
        IReadOnlyList<Matrix> parameters,
        IReadOnlyDictionary<string, string> facts,
        Func<string, string, DataFormatException> fail)
    {
        if (facts.TryGetValue("format_version", out string? version)
            && (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number > Version))
        {
            throw fail("NewerVersion",
                $"the file has format version {version}; this MnistNet {EngineVersion.Text} reads up to {Version}. Use "
                + $"a newer MnistNet.");
        }

        Activation activation = Parse<Activation>(facts, "activation", fail)
            ?? throw fail("ActivationMissing",
                $"the metadata names no activation; expected one of {string.Join(", ", Enum.GetNames<Activation>())}.");
        Preprocessing preprocessing = ParsePreprocessing(facts, fail);
        Initializer? initializer = Parse<Initializer>(facts, "initializer", fail);
        int? seed = null;
        if (facts.TryGetValue("seed", out string? text))
        {
            seed = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                ? value
                : throw fail("MetadataInvalid", $"the metadata has the seed '{text}'; expected a whole number.");
        }

        Network network;
        try
        {
            network = new Network(parameters, activation, initializer, seed, preprocessing);
        }
        catch (ShapeException exception)
        {
            throw fail(exception.ErrorId, exception.Message);
        }

        if (facts.TryGetValue("architecture", out string? architecture) && architecture != network.Shape)
        {
            throw fail("ArchitectureMismatch",
                $"the metadata has the architecture {architecture}, the weights have {network.Shape}; they must "
                + $"agree.");
        }

        return network;
    }

    // Files of before there was preprocessing name none, and have none.
    private static Preprocessing ParsePreprocessing(
        IReadOnlyDictionary<string, string> facts, Func<string, string, DataFormatException> fail)
    {
        if (!facts.TryGetValue("preprocessing", out string? text))
        {
            return Preprocessing.None;
        }

        string[] known = Enum.GetNames<Preprocessing>();
        return known.Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<Preprocessing>(text)
            : throw fail(
                "PreprocessingUnknown",
                $"the network was trained with the preprocessing '{text}'; MnistNet {EngineVersion.Text} knows "
                + $"{string.Join(", ", known)}, and would show the network other images than it learned from. "
                + $"Use MnistNet {facts.GetValueOrDefault("engine_version", "of another version")}, "
                + "which wrote the file, or a newer one.");
    }

    /// <summary>
    /// Makes a network of parameters whose file may be another program's: of our own it tells everything, of another's
    /// the activation is the caller's word or ReLU.
    /// </summary>
    /// <param name="parameters">W1, b1, W2, b2 ….</param>
    /// <param name="facts">What the file tells, null when it tells nothing.</param>
    /// <param name="reading">The reading of the file.</param>
    /// <param name="activation">The activation that the file shows in another way than by its facts.</param>
    /// <exception cref="DataFormatException">The parameters make no network, or the facts contradict them.</exception>
    internal static Network BuildForeign(
        IReadOnlyList<Matrix> parameters,
        IReadOnlyDictionary<string, string>? facts,
        NetworkReading reading,
        Activation? activation = null)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        if (facts?.GetValueOrDefault("format") == Format)
        {
            all = new(facts, StringComparer.Ordinal);
        }

        Activation? told = Parse<Activation>(all, "activation", reading.Fail) ?? activation;
        all["activation"] = reading.ActivationOr(told, (parameters.Count / 2) - 1).ToString();
        return Build(parameters, all, reading.Fail);
    }

    private static T? Parse<T>(
        IReadOnlyDictionary<string, string> facts, string key, Func<string, string, DataFormatException> fail)
        where T : struct, Enum
    {
        if (!facts.TryGetValue(key, out string? text))
        {
            return null;
        }

        // Enum.Parse would also take numbers and lists.
        return Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text)
            : throw fail("MetadataInvalid",
                $"the metadata has the {key} '{text}'; expected one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
