using System.Diagnostics;
using System.Globalization;

namespace MnistNet.Fuzz;

internal static class Program
{
    /// <summary>Readers take turns of so many files, so that each has its share of the time.</summary>
    private const int Turn = 2_000;

    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (FuzzOptions.Parse(arguments) is not FuzzOptions options)
        {
            Console.Error.WriteLine(FuzzOptions.Usage);
            Console.Error.WriteLine($"  Readers: {string.Join(", ", FuzzReaders.All.Select(reader => reader.Name))}");
            return 2;
        }

        string corpus = options.Corpus ?? FuzzCorpus.Folder;
        (FuzzReader Reader, FuzzRun Run)[] runs = [.. FuzzReaders.All
            .Where(reader => options.Reader is null || reader.Name == options.Reader)
            .Select(reader => (reader, new FuzzRun(reader, options.Seed, FuzzCorpus.Load(corpus, reader))))];
        TryAll(runs, options);

        Console.WriteLine(
            $"{"Reader",-12} {"Inputs",11} {"Read",11} {"Outcomes",9} {"Slowest",10} {"Memory",9} {"Failures",9}");
        foreach ((FuzzReader reader, FuzzRun run) in runs)
        {
            Console.WriteLine(
                $"{reader.Name,-12} {run.Count,11:N0} {run.ReadCount,11:N0} {run.OutcomeCount,9:N0} "
                + $"{run.Slowest.TotalMilliseconds,7:N0} ms {run.LargestMemory / 1e6,6:N1} MB "
                + $"{run.Findings.Count,9:N0}");
        }

        foreach (Finding finding in runs.SelectMany(entry => entry.Run.Findings))
        {
            Console.WriteLine(
                $"\n{FuzzCorpus.Save(options.Findings, finding.Reader, "finding", finding.File)}\n{finding.What}");
        }

        if (options.Corpus is string kept)
        {
            Keep(kept, runs);
        }

        return runs.Any(entry => entry.Run.Findings.Count > 0) ? 1 : 0;
    }

    private static void TryAll((FuzzReader Reader, FuzzRun Run)[] runs, FuzzOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan Left() => TimeSpan.FromMinutes(options.Minutes) - Stopwatch.GetElapsedTime(start);
        while (Left() > TimeSpan.Zero && runs.Any(entry => entry.Run.Count < options.Inputs))
        {
            foreach ((_, FuzzRun run) in runs)
            {
                run.Try(Math.Min(Turn, options.Inputs - run.Count), Left());
            }
        }
    }

    private static void Keep(string folder, (FuzzReader Reader, FuzzRun Run)[] runs)
    {
        foreach ((FuzzReader reader, FuzzRun run) in runs)
        {
            string own = Directory.CreateDirectory(Path.Combine(folder, reader.Name)).FullName;
            foreach (string old in Directory.GetFiles(own).Where(path =>
                !Path.GetFileName(path).StartsWith("finding-", StringComparison.Ordinal)))
            {
                File.Delete(old);
            }

            foreach ((string id, byte[] file) in run.Shortest)
            {
                FuzzCorpus.Save(folder, reader.Name, id, file);
            }
        }
    }
}
