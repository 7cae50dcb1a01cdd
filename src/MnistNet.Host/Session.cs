using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MnistNet.Host;

/// <summary>One PowerShell session: the module imported, one command or script run, an exit code.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>Where Invoke-Training leaves what an interrupted training has learned.</summary>
    private const string InterruptedVariable = "InterruptedTraining";

    private readonly Terminal _terminal = new();
    private readonly TerminalHost _host;
    private readonly Runspace _runspace;
    private readonly Lock _gate = new();
    private PowerShell? _running;
    private bool _isInterrupted;

    public Session()
    {
        _host = new TerminalHost(_terminal);
        var start = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // The scripts are the clone's own; elsewhere there are no execution policies.
            start.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, start);
        _runspace.Open();
        MissingCommands.Answer(_runspace);
        Console.CancelKeyPress += Interrupt;
    }

    private static string Root { get; } = Path.GetFullPath(
        typeof(Session).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Root")
            .Value!);

    /// <summary>Runs what the command line says, and gives the exit code.</summary>
    public int Run(CommandLine line)
    {
        string manifest = Path.Combine(Root, "MnistNet.psd1");
        int imported = Invoke(
            shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest)
                .AddParameter("ErrorAction", "Stop"));
        if (imported != ExitCode.Success)
        {
            return imported;
        }

        int code = line.Kind switch
        {
            CommandKind.Command => RunCommand(line.Text),
            CommandKind.File => RunScript(line.Text, line.Arguments),
            CommandKind.Demonstration => RunScript(Path.Combine(Root, "module", "examples", "First-Network.ps1"), ""),
            CommandKind.Help => throw new ArgumentException("The help is not run in a session.", nameof(line)),
            _ => throw new ArgumentOutOfRangeException(nameof(line)),
        };
        _terminal.ClearProgress();
        return _host.ExitCode ?? code;
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= Interrupt;
        _runspace.Dispose();
    }

    private int RunCommand(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            // Half a statement would end without a word: the engine takes it for one that goes on in the next line.
            Report(new ParseException(errors).ErrorRecord);
            return ExitCode.Failure;
        }

        int code = Invoke(shell => shell.AddScript(text));
        bool wentWell = _runspace.SessionStateProxy.GetVariable("?") is true;
        return code == ExitCode.Success && !wentWell ? ExitCode.Failure : code;
    }

    /// <summary>
    /// The script is parsed from its file, so that it knows its folder, and run as text, so that its exit ends the
    /// program.
    /// </summary>
    private int RunScript(string path, string arguments)
    {
        ScriptBlockAst script = Parser.ParseFile(path, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            Report(new ParseException(errors).ErrorRecord);
            return ExitCode.Failure;
        }

        _runspace.SessionStateProxy.SetVariable("MnistNetScript", script.GetScriptBlock());
        return Invoke(shell => shell.AddScript("& $MnistNetScript" + arguments));
    }

    /// <summary>Runs something as a prompt does: whatever it puts out goes through the views to the terminal.</summary>
    private int Invoke(Action<PowerShell> fill)
    {
        using var shell = PowerShell.Create(_runspace);
        fill(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        lock (_gate)
        {
            _running = shell;
        }

        try
        {
            // Only what goes into the history is remembered in $?.
            shell.Invoke(input: null, new PSInvocationSettings { AddToHistory = true });
            return _isInterrupted ? Leave() : ExitCode.Success;
        }
        catch (PipelineStoppedException)
        {
            return Leave();
        }
        catch (RuntimeException exception)
        {
            Report(exception.ErrorRecord);
            return ExitCode.Failure;
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    /// <summary>Prints an error that ended the script as the others are printed.</summary>
    private void Report(ErrorRecord error)
    {
        using var shell = PowerShell.Create(_runspace);
        _terminal.ReportsErrors = true;
        shell.AddCommand("Out-Default").Invoke(new[] { error });
        _terminal.ReportsErrors = false;
    }

    /// <summary>The first Ctrl+C stops the script, the second ends the program as the system does.</summary>
    private void Interrupt(object? sender, ConsoleCancelEventArgs request)
    {
        lock (_gate)
        {
            request.Cancel = !_isInterrupted && _running is not null;
            if (request.Cancel)
            {
                _isInterrupted = true;
                _running!.BeginStop(null, null);
            }
        }

        if (!request.Cancel)
        {
            _terminal.ClearProgress();
        }
    }

    /// <summary>
    /// After an interruption: what a training has learned would end with this program, so it is put into a file.
    /// </summary>
    private int Leave()
    {
        _terminal.ClearProgress();
        if (_runspace.SessionStateProxy.GetVariable(InterruptedVariable) is { } result)
        {
            string path = Path.Combine(Path.GetTempPath(), $"interrupted-training-{Environment.ProcessId}.safetensors");
            using var shell = PowerShell.Create(_runspace);
            shell.AddCommand("Export-Network").AddParameter("Network", result).AddParameter("Path", path)
                .AddParameter("Force", true).Invoke();
            _terminal.WriteLine(
                $"This program ends now. The network is saved: Import-Network '{path}' brings it back.");
        }

        return ExitCode.Interrupted;
    }
}
