using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MnistNet.Bench;

/// <summary>Something to be measured beside this engine, in a process of its own.</summary>
internal abstract class Peer(string name)
{
    public string Name { get; } = name;

    /// <summary>Runs it; null, with a word why, when it cannot be run here.</summary>
    public (double Value, double? Accuracy)? Run(BenchOptions options, string data)
    {
        try
        {
            return Measure(options, data);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or JsonException
            or KeyNotFoundException or IOException or FormatException or BenchException)
        {
            Console.WriteLine($"  {Name} is not measured: {error.Message}");
            return null;
        }
    }

    protected abstract (double Value, double? Accuracy)? Measure(BenchOptions options, string data);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    protected static string Output(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new BenchException(errors.Result.Trim().Split('\n')[^1]);
    }
}

/// <summary>A Python script that does a job and prints one line of JSON.</summary>
/// <param name="name">Such as <c>NumPy float32</c>.</param>
/// <param name="script">The script's file name.</param>
/// <param name="field">The field of its JSON that holds the measured value.</param>
/// <param name="arguments">What follows the data folder.</param>
internal sealed class PythonPeer(string name, string script, string field, params string[] arguments) : Peer(name)
{
    // Where these are set, they pin NumPy's BLAS to an old kernel, a third slower and more. Peers run at their best.
    private static readonly string[] HeldBackBy = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private const string Libraries = """
        import sys
        import numpy
        found = ["Python " + sys.version.split()[0], "NumPy " + numpy.__version__]
        for name in ("sklearn", "torch"):
            try:
                found.append(name + " " + __import__(name).__version__)
            except ImportError:
                pass
        try:
            from threadpoolctl import threadpool_info
            for library in threadpool_info():
                if library.get("user_api") == "blas":
                    found.append("%s %s with the kernel %s on %s threads" % (library.get("internal_api"),
                        library.get("version"), library.get("architecture", "unknown"), library.get("num_threads")))
        except ImportError:
            found.append("the BLAS kernel cannot be told without threadpoolctl")
        print(", ".join(dict.fromkeys(found)))
        """;

    /// <summary>
    /// The versions of the libraries, and the kernel that NumPy's BLAS runs; what is wrong, where they cannot be told.
    /// </summary>
    public static string Describe(BenchOptions options)
    {
        try
        {
            ProcessStartInfo start = Python(options);
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(Libraries);
            return Output(start);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or BenchException)
        {
            return $"unknown ({error.Message})";
        }
    }

    protected override (double Value, double? Accuracy)? Measure(BenchOptions options, string data)
    {
        if (options.Peers is null)
        {
            return null;
        }

        ProcessStartInfo start = Python(options);
        start.ArgumentList.Add(Path.Combine(options.Peers, script));
        start.ArgumentList.Add(data);
        Array.ForEach(arguments, start.ArgumentList.Add);
        using JsonDocument line = JsonDocument.Parse(Output(start).Split('\n')[^1]);
        return (line.RootElement.GetProperty(field).GetDouble(),
            line.RootElement.TryGetProperty("test_accuracy", out JsonElement accuracy) ? accuracy.GetDouble() : null);
    }

    private static ProcessStartInfo Python(BenchOptions options)
    {
        var start = new ProcessStartInfo(options.Python);
        Array.ForEach(HeldBackBy, name => start.Environment.Remove(name));
        return start;
    }
}

/// <summary>An earlier build of this bench: the folder with its <c>MnistNet.Bench.dll</c>.</summary>
/// <param name="jobName">The name by which the job is asked for.</param>
/// <param name="job">What the job is called in the table.</param>
internal sealed class EarlierBuild(string jobName, string job) : Peer("MnistNet, earlier build")
{
    protected override (double Value, double? Accuracy)? Measure(BenchOptions options, string data)
    {
        if (options.Against is null)
        {
            return null;
        }

        // In an empty folder, from which it finds no peers of its own.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mnistnet-bench-");
        try
        {
            string table = Path.Combine(folder.FullName, "table.csv");
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.FullName };
            string[] all =
                [
                    Path.Combine(options.Against, "MnistNet.Bench.dll"), "-Data", Path.GetFullPath(data), "-Job",
                    jobName, "-Rounds", "1", "-Path", table,
                ];
            Array.ForEach(all, start.ArgumentList.Add);
            Output(start);
            string row = File.ReadLines(table).FirstOrDefault(
                line => line.StartsWith($"\"{job}\",\"MnistNet\",", StringComparison.Ordinal))
                ?? throw new BenchException($"the earlier build does not know the job \"{job}\".");
            return (double.Parse(row.Split("\",\"")[2], CultureInfo.InvariantCulture), null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
