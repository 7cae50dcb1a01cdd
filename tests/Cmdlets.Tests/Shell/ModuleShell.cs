using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// A PowerShell session in this process, with the staged module imported and Microsoft.PowerShell.Core beside it,
/// nothing else. Variables live from one script to the next, as at a prompt:
/// <code>
/// using var shell = new ModuleShell();
/// shell.Run("$data = Import-Mnist -Synthetic -Count 60");
/// Assert.Equal("784-10-10", shell.Run("New-Network").Single&lt;Network&gt;().Shape);
/// Assert.Equal("InvalidSetting", shell.Attempt("$data | Invoke-Training -Threads 10000").ErrorId);
/// </code>
/// </summary>
internal sealed class ModuleShell : IDisposable
{
    private readonly Runspace _runspace;
    private readonly ShellHost _host;

    /// <param name="width">The columns of the terminal that <see cref="Print"/> prints on.</param>
    /// <param name="culture">The culture of the session; as a rule the one that belongs to none.</param>
    /// <param name="import">Whether the module is imported at once.</param>
    public ModuleShell(int width = 80, CultureInfo? culture = null, bool import = true)
    {
        _host = new ShellHost(width, culture ?? CultureInfo.InvariantCulture);
        var start = InitialSessionState.CreateDefault2();
        start.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", "None", ""));
        _runspace = RunspaceFactory.CreateRunspace(_host, start);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        SetCulture(_host.CurrentCulture);
        if (import)
        {
            Import();
        }
    }

    /// <summary>A variable of the session.</summary>
    public object? this[string variable]
    {
        get => _runspace.SessionStateProxy.GetVariable(variable);
        set => _runspace.SessionStateProxy.SetVariable(variable, value);
    }

    /// <summary>The value of a variable, as what it is.</summary>
    public T Get<T>(string variable) => Outcome.As<T>(this[variable]);

    /// <summary>Imports the staged module.</summary>
    public void Import() => Run($"Import-Module -Name '{StagedModule.Manifest}'");

    /// <summary>Runs a script that is expected to go well: an error fails the test.</summary>
    public Outcome Run(string script)
    {
        Outcome outcome = Attempt(script);
        Assert.True(outcome.Errors.Count == 0,
            $"{script}\nwas expected to go well, and said:\n{string.Join('\n', outcome.Errors)}");
        return outcome;
    }

    /// <summary>What a script that goes well puts out, as text.</summary>
    public string[] Text(string script) => Run(script).Text;

    /// <summary>Runs a script whose errors the test looks at.</summary>
    public Outcome Attempt(string script)
    {
        using RunningScript running = Start(script);
        return running.Wait();
    }

    /// <summary>What was printed past the pipeline since the last script began.</summary>
    public string[] TakeLines() => _host.TakeLines();

    /// <summary>Starts a script, to be stopped in its middle.</summary>
    public RunningScript Start(string script)
    {
        _host.TakeLines();
        return new RunningScript(_runspace, script);
    }

    /// <summary>
    /// Runs a script as a prompt does, and gives what it printed, line by line: views, warnings, errors.
    /// </summary>
    public string[] Print(string script)
    {
        _host.TakeLines();
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        shell.Invoke();
        return _host.TakeLines();
    }

    /// <summary>The session's thread keeps its culture, but takes none from the host.</summary>
    private void SetCulture(CultureInfo culture)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript("param($culture) [cultureinfo]::CurrentCulture = $culture").AddArgument(culture).Invoke();
    }

    public void Dispose() => _runspace.Dispose();
}
