using System.Diagnostics;

namespace MnistNet.Cmdlets.Tests;

/// <summary>A run of MnistNet.Host as a process of its own, with its output and errors gathered.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private HostProcess(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program's assembly, which the dotnet command runs.</summary>
    public static string Assembly { get; } = StagedModule.HostProgram;

    public string Output => _output.GetAwaiter().GetResult().ReplaceLineEndings("\n");

    public string Errors => _errors.GetAwaiter().GetResult().ReplaceLineEndings("\n");

    public int ExitCode => _process.ExitCode;

    /// <summary>Runs it to its end.</summary>
    public static HostProcess Run(params string[] arguments) => Start("dotnet", [Assembly, .. arguments]).Wait();

    /// <summary>
    /// Runs a line of the system's shell in which the variable <c>$host</c> is the command that starts it.
    /// </summary>
    public static HostProcess RunLine(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The line is one for sh.");
        return Start("sh", ["-c", $"host='dotnet {Assembly}'; {line}"]).Wait();
    }

    /// <summary>
    /// Starts it with Ctrl+C in force, which a shell takes from the jobs it starts in the background.
    /// </summary>
    public static HostProcess StartInterruptible(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Ctrl+C is sent with tools that Linux has.");
        return Start("env", ["--default-signal=INT", "dotnet", Assembly, .. arguments]);
    }

    /// <summary>Sends what Ctrl+C sends.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public HostProcess Wait()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end. So far it said:\n{Output}{Errors}");
        }

        return this;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static HostProcess Start(string program, string[] arguments) => new(program, arguments);
}
