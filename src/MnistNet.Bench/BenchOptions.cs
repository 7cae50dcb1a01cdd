using System.Globalization;

namespace MnistNet.Bench;

/// <summary>Something that the bench cannot go on without.</summary>
internal sealed class BenchException(string message) : Exception(message);

/// <summary>What a bench run is asked for.</summary>
internal sealed class BenchOptions
{
    public const string Usage = """
        MnistNet.Bench: the engine beside its peers, in one run, in turns.

          -Data FOLDER     MNIST's idx files; otherwise the MNISTNET_DATA folder, the cache, or a download
          -Peers FOLDER    numpy_seed.py, sklearn_mlp.py and torch_mlp.py; otherwise ../shared/bench where it exists
          -Python COMMAND  runs the peers; otherwise /usr/bin/python3, or python3 where there is none
          -Against FOLDER  an earlier build of this bench (with its MnistNet.Bench.dll), to take turns with
          -Rounds N        how often each is run, 5 by default; the median is quoted
          -Job NAME        FullBatch, MiniBatch, Time98, Predict, Growth, Images or Floor; otherwise all of these;
                           or Recipes, which takes a quarter of an hour; or Fingerprints, the bits of trainings, to
                           compare two builds
          -Path FILE       writes the table too: as CSV, or with every round and the machine where it ends in .json
        """;

    public string? Data { get; private set; }

    public string? Peers { get; private set; } = Directory.Exists("../shared/bench") ? "../shared/bench" : null;

    public string Python { get; private set; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public string? Against { get; private set; }

    public int Rounds { get; private set; } = 5;

    public string? Job { get; private set; }

    public string? Path { get; private set; }

    public bool HelpWanted { get; private set; }

    public static BenchOptions Parse(string[] arguments)
    {
        var options = new BenchOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i].TrimStart('-').TrimEnd(':').ToUpperInvariant();
            if (name is "HELP" or "?" or "H")
            {
                options.HelpWanted = true;
                continue;
            }

            string value = i + 1 < arguments.Length ? arguments[++i] : throw new BenchException(
                $"{arguments[i]} needs a value.\n\n{Usage}");
            switch (name)
            {
                case "DATA": options.Data = value; break;
                case "PEERS":
                    options.Peers =
                        Directory.Exists(value) ? value : throw new BenchException($"There is no folder {value}.");
                    break;
                case "AGAINST":
                    options.Against = File.Exists(System.IO.Path.Combine(value, "MnistNet.Bench.dll"))
                        ? System.IO.Path.GetFullPath(value)
                        : throw new BenchException(
                            $"There is no MnistNet.Bench.dll in {value}; give the folder of a built bench.");
                    break;
                case "PYTHON": options.Python = value; break;
                case "PATH": options.Path = value; break;
                case "JOB": options.Job = value; break;
                case "ROUNDS":
                    options.Rounds =
                        int.TryParse(value, CultureInfo.InvariantCulture, out int rounds) && rounds is >= 1 and <= 100
                        ? rounds
                        : throw new BenchException($"-Rounds is {value}; 1 to 100 make sense.");
                    break;
                default: throw new BenchException($"{arguments[i - 1]} is not known.\n\n{Usage}");
            }
        }

        return options;
    }
}
