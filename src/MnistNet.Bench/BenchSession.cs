using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MnistNet.Bench;

/// <summary>The jobs. Every number is the median of several rounds, in which the engines take turns.</summary>
internal sealed class BenchSession(BenchOptions options, Report report)
{
    private const string Ours = "MnistNet";

    private MnistDataset _data = null!;

    public void Run()
    {
        _data = MnistSource.Load(new MnistSourceOptions { Path = options.Data });
        report.Machine =
        [
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, "
                + $"{RuntimeInformation.OSDescription}",
            $"{ProcessorName()}, {Environment.ProcessorCount} processors, vectors of {VectorBits} bits",
            $"{_data} from {_data.Source}",
            .. options.Peers is null ? (string[])[] : [$"peers: {PythonPeer.Describe(options)}"],
        ];
        Console.WriteLine(string.Join('\n', report.Machine));
        Console.WriteLine(options.Peers is null
            ? "No peers: give their folder with -Peers."
            : $"Median of {options.Rounds} rounds in turns.");
        Report.Header();
        Job("FullBatch", FullBatch);
        Job("MiniBatch", MiniBatch);
        Job("Time98", Time98);
        Job("Predict", Predict);
        Job("Growth", Growth);
        Job("Images", Images);
        Job("Floor", () => new FloorJob(_data.Train).Run(options.Rounds, report));
        JobByName("Recipes", () => RecipesJob.Run(_data, report));
        JobByName("Fingerprints", () => FingerprintJob.Run(_data.Train));
    }

    private void Job(string name, Action job)
    {
        if (options.Job is null || string.Equals(options.Job, name, StringComparison.OrdinalIgnoreCase))
        {
            job();
        }
    }

    // What takes minutes, or is no measurement.
    private void JobByName(string name, Action job)
    {
        if (string.Equals(options.Job, name, StringComparison.OrdinalIgnoreCase))
        {
            job();
        }
    }

    private void FullBatch() => InTurns(
        nameof(FullBatch),
        "784-10-10, full batch, an iteration",
        "ms",
        () =>
        {
            TrainingResult run = Train([10], new() { Iterations = 60 });
            return (run.Seconds / run.Iterations * 1e3, null);
        },
        new PythonPeer("NumPy float32", "numpy_seed.py", "ms_per_iteration", "20", "float32"),
        new PythonPeer("NumPy float64", "numpy_seed.py", "ms_per_iteration", "20", "float64"),
        new PythonPeer("PyTorch float32", "torch_mlp.py", "ms_per_iteration", "seed", "20"));

    private void MiniBatch() => InTurns(
        nameof(MiniBatch),
        "784-128-10, Adam, batch 128, an epoch",
        "s",
        () =>
        {
            TrainingResult run = Train([128], new() { BatchSize = 128, Epochs = 10, Optimizer = Optimizer.Adam });
            return (run.Seconds / 10, run.TestAccuracy);
        },
        new PythonPeer("scikit-learn", "sklearn_mlp.py", "s_per_epoch", "10", "128"),
        new PythonPeer("PyTorch float32", "torch_mlp.py", "s_per_epoch", "adam", "2", "128"));

    // Each round has a seed of its own.
    private void Time98()
    {
        int seed = 0;
        InTurns(
            nameof(Time98),
            "to 98 % on the test set",
            "s",
            () =>
            {
                // Digits that no run has seen: preprocessing, which is kept with a set, is part of the time.
                DigitSet fresh = _data.Train.WithPixels(_data.Train.Pixels.ToArray());
                TrainingResult run = Trainer.Train(
                    Recipe.Fast98.Describe().CreateNetwork(seed),
                    fresh,
                    _data.Test,
                    Recipe.Fast98.GetSettings() with { Seed = seed });
                seed++;
                return (run.Seconds, run.TestAccuracy);
            },
            new PythonPeer("scikit-learn, 14 epochs", "sklearn_mlp.py", "train_s", "14", "128"));
    }

    private void Predict()
    {
        foreach (int[] hidden in new int[][] { [10], [100, 100] })
        {
            Network network = Network.Create(hidden);
            Predictor.GetProbabilities(network, _data.Train);
            InTurns(
                nameof(Predict),
                $"predictions, {network.Shape}",
                "M/s",
                () =>
                {
                    double seconds = Seconds(() => Predictor.GetProbabilities(network, _data.Train));
                    return (_data.Train.Count / seconds / 1e6, null);
                });
        }
    }

    // Time should grow as the work does: images, iterations, units; and fall as threads are added.
    private void Growth()
    {
        Compare(
            "growth: images",
            [15_000, 30_000, 60_000],
            images => (
                $"{images:N0} images",
                Train([10], new() { Iterations = 40 }, _data.Train.Take(images)).Seconds));
        Compare(
            "growth: iterations",
            [20, 40, 80],
            iterations => ($"{iterations} iterations", Train([10], new() { Iterations = iterations }).Seconds));
        Compare(
            "growth: hidden units",
            [64, 128, 256],
            units => ($"{units} units", Train([units], new() { BatchSize = 256, Epochs = 1 }).Seconds));
        Compare(
            "threads: full batch",
            [1, 2],
            threads => ($"{threads} threads", Train([10], new() { Iterations = 40, Threads = threads }).Seconds));
        Compare(
            "threads: mini-batches of 128",
            [1, 2],
            threads => (
                $"{threads} threads",
                Train([128], new() { BatchSize = 128, Epochs = 1, Threads = threads }).Seconds));
    }

    // What is done to images before or while they are learned from.
    private void Images()
    {
        Compare(
            "preprocessing, whole sets",
            [_data.Train.Count],
            _ => (nameof(Preprocessing.MomentNormalization) + ", 70,000", Seconds(() =>
            {
                foreach (DigitSet set in (ReadOnlySpan<DigitSet>)[_data.Train, _data.Test])
                {
                    Preprocessor.Apply(set.WithPixels(set.Pixels.ToArray()), Preprocessing.MomentNormalization);
                }
            })));
        Compare(
            "augmentation, an epoch of 784-512-10",
            [.. Enum.GetValues<Augmentation>().Select(kind => (int)kind)],
            kind => (
                ((Augmentation)kind).ToString(),
                Train([512], new()
                {
                    BatchSize = 256,
                    Epochs = 4,
                    Optimizer = Optimizer.Adam,
                    Alpha = 0.005,
                    Augmentation = (Augmentation)kind,
                }).Seconds / 4));
    }

    private void Compare(string job, int[] sizes, Func<int, (string Name, double Seconds)> run)
    {
        var values = sizes.ToDictionary(size => size, _ => new List<double>());
        var names = new Dictionary<int, string>();
        for (int round = 0; round <= options.Rounds; round++)
        {
            foreach (int size in sizes)
            {
                (names[size], double seconds) = run(size);
                if (round > 0)
                {
                    values[size].Add(seconds);
                }
            }
        }

        report.Add(sizes.Select(size => new Measurement(job, names[size], "s", values[size], "")));
    }

    private void InTurns(
        string name, string job, string unit, Func<(double Value, double? Accuracy)> ours, params Peer[] pythons)
    {
        Peer[] peers = [new EarlierBuild(name, job), .. pythons];
        ours(); // The first run compiles the code.
        var found = new List<(double Value, double? Accuracy)>[peers.Length + 1];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = [];
        }

        for (int round = 0; round < options.Rounds; round++)
        {
            found[0].Add(ours());
            for (int i = 0; i < peers.Length; i++)
            {
                if ((round == 0 || found[i + 1].Count > 0) && peers[i].Run(options, PeerData) is { } result)
                {
                    found[i + 1].Add(result);
                }
            }
        }

        report.Add(Enumerable.Range(0, found.Length).Where(i => found[i].Count > 0).Select(i => new Measurement(
            job,
            i == 0 ? Ours : peers[i - 1].Name,
            unit,
            [.. found[i].Select(result => result.Value)],
            found[i][0].Accuracy is null ? "" : string.Create(CultureInfo.InvariantCulture,
                $"test accuracy "
                + $"{found[i].Min(result => result.Accuracy):F4}..{found[i].Max(result => result.Accuracy):F4}"))));
    }

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    // Linux tells the processor's name; elsewhere the architecture has to do.
    private static string ProcessorName()
    {
        const string Description = "/proc/cpuinfo";
        string? line = File.Exists(Description)
            ? File.ReadLines(Description).FirstOrDefault(
                line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "a processor of unknown name";
    }

    // The peers read the idx files themselves.
    private string PeerData =>
        options.Data ?? Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable) ?? _data.Source;

    private TrainingResult Train(int[] hidden, TrainingSettings settings, DigitSet? train = null) =>
        Trainer.Train(Network.Create(hidden), train ?? _data.Train, _data.Test, settings);

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
