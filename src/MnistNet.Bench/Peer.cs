using System.Diagnostics;
using System.Text.Json;

namespace MnistNet.Bench;

/// <summary>A peer: a Python script that does a job in a process of its own and prints one line of JSON.</summary>
/// <param name="name">Such as <c>NumPy float32</c>.</param>
/// <param name="script">The script's file name.</param>
/// <param name="field">The field of its JSON that holds the measured value.</param>
/// <param name="arguments">What follows the data folder.</param>
internal sealed class Peer(string name, string script, string field, params string[] arguments)
{
    public string Name { get; } = name;

    /// <summary>Runs it; null, with a word why, when it cannot be run here.</summary>
    public (double Value, double? Accuracy)? Run(BenchOptions options, string data)
    {
        if (options.Peers is null)
        {
            return null;
        }

        var start = new ProcessStartInfo(options.Python)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(options.Peers, script));
        start.ArgumentList.Add(data);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"  {Name} is not measured: {errors.Result.Trim().Split('\n')[^1]}");
                return null;
            }

            using JsonDocument line = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
            return (line.RootElement.GetProperty(field).GetDouble(),
                line.RootElement.TryGetProperty("test_accuracy", out JsonElement accuracy) ? accuracy.GetDouble() : null);
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or JsonException or KeyNotFoundException)
        {
            Console.WriteLine($"  {Name} is not measured: {error.Message}");
            return null;
        }
    }
}
