using System.Globalization;

namespace MnistNet.Fuzz;

/// <summary>What a run is asked for.</summary>
internal sealed class FuzzOptions
{
    public const string Usage = """
        Fuzz: tries every reader of the engine with files that are not what they should be.

          -Minutes N       how long, for all readers together; 1 by default
          -Inputs N        at most so many files for each reader
          -Seed N          the same seed tries the same files
          -Reader NAME     one reader only
          -Findings FOLDER where each failure is left as a file; ./findings by default
          -Corpus FOLDER   keeps in it the shortest file for each reason to refuse one
        """;

    public double Minutes { get; private set; } = 1;

    public long Inputs { get; private set; } = long.MaxValue;

    public int Seed { get; private set; }

    public string? Reader { get; private set; }

    public string Findings { get; private set; } = "findings";

    public string? Corpus { get; private set; }

    /// <summary>Reads the arguments; null when they make no sense.</summary>
    public static FuzzOptions? Parse(string[] arguments)
    {
        var options = new FuzzOptions();
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (!options.TryTake(arguments[i].TrimStart('-').ToUpperInvariant(), arguments[i + 1]))
            {
                return null;
            }
        }

        return arguments.Length % 2 == 0 ? options : null;
    }

    private bool TryTake(string name, string value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (name)
        {
            case "MINUTES" when double.TryParse(value, culture, out double minutes) && minutes > 0:
                Minutes = minutes;
                return true;
            case "INPUTS" when long.TryParse(value, culture, out long inputs) && inputs > 0:
                Inputs = inputs;
                return true;
            case "SEED" when int.TryParse(value, culture, out int seed):
                Seed = seed;
                return true;
            case "READER" when FuzzReaders.All.Any(reader => reader.Name == value):
                Reader = value;
                return true;
            case "FINDINGS":
                Findings = value;
                return true;
            case "CORPUS":
                Corpus = value;
                return true;
            default:
                return false;
        }
    }
}
