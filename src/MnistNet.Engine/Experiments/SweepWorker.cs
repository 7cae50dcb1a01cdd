namespace MnistNet;

/// <summary>Something that does one run at a time: some threads of this process, or another machine.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="doRun">
/// Does one run. A <see cref="SweepException"/> out of it means that the worker is lost and the run must be given to
/// another; anything else that is thrown is a failure of the run.
/// </param>
internal sealed class SweepWorker(string name, Func<SweepRun, CancellationToken, SweepRun> doRun)
{
    internal string Name { get; } = name;

    /// <summary>Why the worker is lost; null while it is not.</summary>
    internal SweepException? Loss { get; private set; }

    /// <summary>Does runs until none is left or the worker is lost.</summary>
    internal void Work(SweepQueue queue, Action<SweepRun> onRow, CancellationToken stop)
    {
        while (Loss is null && !stop.IsCancellationRequested && queue.Take() is SweepRun run)
        {
            try
            {
                onRow(doRun(run, stop));
                queue.Complete();
            }
            catch (SweepException exception)
            {
                Loss = exception;
                queue.GiveBack(run);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                queue.GiveBack(run);
            }
            catch (Exception exception)
            {
                onRow(run.With(row =>
                {
                    row.Error = OneLine(exception.Message);
                    row.Host = Environment.MachineName;
                }));
                queue.Complete();
            }
        }
    }

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
