using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of every cmdlet of the module. It owns the cancellation that Ctrl+C sets off, and turns the engine's
/// exceptions
/// into error records: a bad item that came down the pipeline is reported and the next one goes on; anything else ends
/// the command.
/// </summary>
public abstract class MnistNetCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>The thing being worked on, which an error record names as its target.</summary>
    private protected object? Target { get; set; }

    /// <summary>Before the first item: settings are checked here, before any work.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>For each item.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>After the last item.</summary>
    private protected virtual void End()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
        => Guard(Process, fault => MyInvocation.ExpectingInput && fault is not SettingException);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected override void StopProcessing() => Cancel();

    /// <summary>Ends work that is under way.</summary>
    private protected void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stop arrived when the command was already over.
        }
    }

    /// <summary>
    /// Runs work on a thread of its own, while this one, the pipeline's, writes what the work has to say and shows its
    /// progress
    /// at most ten times a second. Stopping the pipeline cancels the work and waits for it.
    /// </summary>
    /// <param name="activity">What is being done, for the progress bar.</param>
    /// <param name="work">The work; it must heed <see cref="CancellationToken"/>, and may write through the messages it
    /// is given.</param>
    /// <param name="progress">Asked for the state of the work now and then, on the pipeline's thread; null shows no
    /// progress.</param>
    private protected T Run<T>(string activity, Func<PipelineMessages, T> work, Func<WorkProgress?>? progress = null)
    {
        var messages = new PipelineMessages(this);
        using var bar = new ProgressBar(this, activity);
        Task<T> task = Task.Factory.StartNew(
            () => work(messages),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        try
        {
            while (!Await(task, ProgressBar.Interval))
            {
                messages.Write();
                if (progress?.Invoke() is WorkProgress state)
                {
                    bar.Show(state);
                }
            }

            messages.Write();
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            // The work has been cancelled too; what it still gives is the caller's to keep.
        }
        finally
        {
            if (!task.IsCompleted)
            {
                Cancel();
                Await(task, Timeout.InfiniteTimeSpan);
            }
        }

        return task.GetAwaiter().GetResult();

        static bool Await(Task task, TimeSpan limit) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(limit);
    }

    /// <summary>Works on one item of several: its fault is reported, and the next goes on.</summary>
    private protected void ProcessItem(Action work) => Guard(work, _ => true);

    /// <summary>Reports a fault of one item; the next goes on.</summary>
    private protected void WriteFault(Exception exception) => WriteError(ErrorRecords.Create(exception, Target));

    private void Guard(Action step, Func<Exception, bool>? goesOn = null)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (ErrorRecords.IsExpected(exception))
        {
            if (goesOn?.Invoke(exception) == true)
            {
                WriteFault(exception);
            }
            else
            {
                ThrowTerminatingError(ErrorRecords.Create(exception, Target));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the command holds.</summary>
    /// <param name="disposing">False when called by the finaliser.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }
}
