using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MnistNet.Cmdlets;

/// <summary>
/// Does the runs of a sweep on another machine, through a session of PowerShell remoting. Before its first run it sees
/// to it
/// that the same build of the module and the same digits are on the other side, so that the results are the same bits.
/// </summary>
internal sealed class RemoteSweepWorker(
    PSSession session, CompressedSweepData data, int threads, PipelineMessages messages)
{
    // What the other side has: the build of the module, and the digits that an earlier sweep left there.
    private const string Inspect = """
        $ErrorActionPreference = 'Stop'
        $module = Get-Module -Name MnistNet
        if (-not $module) { $module = Import-Module -Name MnistNet -PassThru }
        [pscustomobject]@{
            Version = [string] $module.Version
            Build = [string] [MnistNet.Network].Assembly.ManifestModule.ModuleVersionId
            Fingerprints = @($global:MnistNetSweepSets | Where-Object { $_ } | ForEach-Object { $_.GetFingerprint() })
        }
        """;

    private const string Unpack = """
        param($Sets)
        $ErrorActionPreference = 'Stop'
        $global:MnistNetSweepSets = @(foreach ($set in $Sets) {
            $packed = [System.IO.MemoryStream]::new([byte[]] $set.Pixels)
            $mode = [System.IO.Compression.CompressionMode]::Decompress
            $source = [System.IO.Compression.GZipStream]::new($packed, $mode)
            $pixels = [System.IO.MemoryStream]::new()
            $source.CopyTo($pixels)
            [MnistNet.DigitSet]::new($set.Name, $pixels.ToArray(), [byte[]] $set.Labels, $set.Rows, $set.Columns)
        })
        $global:MnistNetSweepSets.ForEach({ $_.GetFingerprint() })
        """;

    private const string RunOne = """
        param($Settings)
        $sets = $global:MnistNetSweepSets
        $train, $test = $sets
        $data = $test ? [MnistNet.MnistDataset]::new($train.Name, $train, $test, 'a sweep') : $train
        MnistNet\Invoke-TrainingSweep -Data $data @Settings -ErrorAction Stop
        """;

    private bool _isReady;

    /// <summary>This worker as the sweep deals with it.</summary>
    internal SweepWorker ToWorker() => new(session.ComputerName, DoRun);

    private SweepRun DoRun(SweepRun run, CancellationToken stop)
    {
        if (!_isReady)
        {
            Prepare(stop);
            _isReady = true;
        }

        PSObject row = Invoke(RunOne, "Settings", ParametersOf(run), stop).Single();
        return SweepColumns.Parse(name => TextOf(row.Properties[name]?.Value));
    }

    private void Prepare(CancellationToken stop)
    {
        PSObject there;
        try
        {
            there = Invoke(Inspect, null, null, stop).Single();
        }
        catch (RemoteException exception)
        {
            throw new SweepException(
                "RemoteModuleMissing",
                $"{session.ComputerName} has no module MnistNet that can be imported: {exception.Message} "
                    + "Install it there, in a folder of $env:PSModulePath.",
                exception);
        }

        string build = typeof(Network).Assembly.ManifestModule.ModuleVersionId.ToString();
        if ((string)there.Properties["Build"].Value != build)
        {
            throw new SweepException(
                "RemoteModuleDiffers",
                $"{session.ComputerName} has another build of MnistNet {there.Properties["Version"].Value} than this "
                    + $"machine's {Version}: results might differ. Install the same package on both.");
        }

        if (FingerprintsOf(there.Properties["Fingerprints"].Value).SequenceEqual(data.Fingerprints))
        {
            messages.Verbose($"{session.ComputerName} is ready: MnistNet {Version}, and the digits are there already.");
            return;
        }

        var sent = FingerprintsOf(Invoke(Unpack, "Sets", data.Sets, stop)).ToArray();
        if (!sent.SequenceEqual(data.Fingerprints))
        {
            throw new SweepException(
                "RemoteDataDiffers",
                $"{session.ComputerName} did not get the digits as they were sent: their fingerprints are "
                    + $"{string.Join(", ", sent)}, and {string.Join(", ", data.Fingerprints)} was expected.");
        }

        messages.Verbose($"{session.ComputerName} is ready: MnistNet {Version}, and the digits were sent.");
    }

    private static string Version => typeof(Network).Assembly.GetName().Version!.ToString(3);

    private Collection<PSObject> Invoke(string script, string? parameter, object? argument, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var shell = PowerShell.Create();
        shell.Runspace = session.Runspace;
        shell.AddScript(script);
        if (parameter is not null)
        {
            shell.AddParameter(parameter, argument);
        }

        using CancellationTokenRegistration registration = stop.Register(shell.Stop);
        try
        {
            return shell.Invoke();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (Exception exception) when (exception is not RemoteException || !IsOpen)
        {
            // Only a RemoteException comes from the script on the other side; the session may still call itself open
            // when it is not.
            throw new SweepException(
                "SessionLost", $"The session to {session.ComputerName} was lost: {exception.Message}", exception);
        }
    }

    private bool IsOpen => session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <summary>The settings that differ from the usual ones, as parameters of Invoke-TrainingSweep.</summary>
    private Hashtable ParametersOf(SweepRun run)
    {
        var usual = new SweepRun();
        var parameters = new Hashtable { ["ThrottleLimit"] = 1 };
        if (threads > 0)
        {
            parameters["Threads"] = threads;
        }

        foreach (PropertyInfo column in SweepColumns.Settings)
        {
            object? value = column.GetValue(run);
            // A recipe would fill in what is not said.
            if (value is not null && (run.Recipe is not null || !Equals(value, column.GetValue(usual))))
            {
                parameters[column.Name] = value is Enum ? value.ToString() : value;
            }
        }

        return parameters;
    }

    private static IEnumerable<string> FingerprintsOf(object values)
        => ArgumentValue.Unwrap(values) is IEnumerable list and not string
            ? list.Cast<object>().Select(value => value.ToString()!)
            : [values.ToString()!];

    // An enumeration comes back as a number that still says its name.
    private static string? TextOf(object? value)
        => value is PSObject { BaseObject: int } named
            ? named.ToString()
            : Setting.Text(ArgumentValue.Unwrap(value));
}
