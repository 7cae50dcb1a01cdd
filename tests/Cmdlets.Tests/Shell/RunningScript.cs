using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MnistNet.Cmdlets.Tests;

/// <summary>A script under way in a <see cref="ModuleShell"/>.</summary>
internal sealed class RunningScript : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PowerShell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _end;

    public RunningScript(Runspace runspace, string script)
    {
        _shell = PowerShell.Create(runspace);
        _shell.AddScript(script);
        _end = _shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    /// <summary>The streams while the script runs.</summary>
    public PSDataStreams Streams => _shell.Streams;

    /// <summary>
    /// Waits until something is so; the test fails where the script ended first, or nothing came in two minutes.
    /// </summary>
    public RunningScript Until(Func<RunningScript, bool> condition)
    {
        long limit = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition(this))
        {
            Assert.False(_end.IsCompleted, "The script ended before what was waited for.");
            Assert.True(Environment.TickCount64 < limit, "What was waited for did not come.");
            Thread.Sleep(5);
        }

        return this;
    }

    /// <summary>Waits until the script shows progress, that is, until it is in the middle of its work.</summary>
    public RunningScript UntilProgress() => Until(running => running.Streams.Progress.Count > 0);

    /// <summary>Stops it as Ctrl+C does, and gives what it had said and put out by then.</summary>
    public Outcome Stop()
    {
        _shell.Stop();
        return Wait();
    }

    /// <summary>Waits for its end.</summary>
    public Outcome Wait()
    {
        ErrorRecord? ending = null;
        bool stopped = false;
        try
        {
            Assert.True(_end.AsyncWaitHandle.WaitOne(Patience), "The script did not end.");
            _shell.EndInvoke(_end);
        }
        catch (PipelineStoppedException)
        {
            stopped = true;
        }
        catch (RuntimeException exception)
        {
            ending = exception.ErrorRecord;
        }

        return new Outcome
        {
            Output = [.. _output],
            Errors = ending is null ? [.. Streams.Error] : [.. Streams.Error, ending],
            Warnings = [.. Streams.Warning.Select(record => record.Message)],
            Verbose = [.. Streams.Verbose.Select(record => record.Message)],
            Information = [.. Streams.Information.Select(record => record.ToString())],
            Progress = [.. Streams.Progress],
            IsEnded = ending is not null,
            IsStopped = stopped,
        };
    }

    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
