using System.Diagnostics;

namespace MnistNet.Cmdlets.Tests;

/// <summary>PowerShell as a program of its own, where there is one that the module supports.</summary>
internal sealed class PowerShellProgram
{
    private static readonly Version s_lowest = new(7, 6);
    private static readonly Lazy<PowerShellProgram> s_instance = new(Find);

    private readonly string[] _command;
    private readonly string? _whyNot;

    private PowerShellProgram(string[] command, string? whyNot)
    {
        _command = command;
        _whyNot = whyNot;
    }

    /// <summary>The program; where there is none, the test is skipped with the reason.</summary>
    public static PowerShellProgram Require()
    {
        PowerShellProgram program = s_instance.Value;
        Assert.SkipUnless(program._whyNot is null, program._whyNot ?? "");
        return program;
    }

    /// <summary>Starts it with arguments and gives its exit code and everything it wrote.</summary>
    public (int ExitCode, string Text) Run(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit)
        => Run([.. _command, "-NoProfile", "-NonInteractive", .. arguments], environment, limit);

    private static PowerShellProgram Find()
    {
        // On the PATH, or fetched by "dotnet tool restore"; nothing is fetched here.
        string[][] candidates = [["pwsh"], ["dotnet", "tool", "run", "pwsh", "--"]];
        string? whyNot = null;
        foreach (string[] command in candidates)
        {
            try
            {
                (int exitCode, string text) = Run(
                    [.. command, "-NoProfile", "-NonInteractive", "-Command",
                        "[version] $PSVersionTable.PSVersion | ForEach-Object ToString 2"],
                    new Dictionary<string, string>(),
                    TimeSpan.FromMinutes(1));
                if (exitCode == 0 && Version.TryParse(text.Trim(), out Version? version))
                {
                    if (version >= s_lowest)
                    {
                        return new PowerShellProgram(command, whyNot: null);
                    }

                    whyNot = $"The pwsh on the PATH is {version}; PowerShell {s_lowest} or later is needed.";
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return new PowerShellProgram([], whyNot ??
            $"There is no pwsh on the PATH; PowerShell {s_lowest} runs these tests (dotnet tool restore brings it).");
    }

    private static (int ExitCode, string Text) Run(
        string[] command, IReadOnlyDictionary<string, string> environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = StagedModule.Root,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It did not end within {limit}.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
