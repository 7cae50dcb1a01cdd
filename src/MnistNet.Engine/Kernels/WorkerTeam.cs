using System.Runtime.ExceptionServices;

namespace MnistNet.Kernels;

/// <summary>
/// Threads that do one job together, again and again. Between two jobs of a training they stay awake for a moment, because the next job
/// follows within microseconds; when none comes they sleep, and <see cref="Dispose"/> ends them.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    // A step of a small mini-batch takes tens of microseconds; waking a sleeping thread takes about as long.
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int> _job = static _ => { };
    private ExceptionDispatchInfo? _failure;
    private int _generation;
    private int _unfinished;
    private int _sleepers;
    private bool _ended;

    /// <summary>Starts a team.</summary>
    /// <param name="size">The number of workers; the caller of <see cref="Run"/> is one of them.</param>
    public WorkerTeam(int size)
    {
        Size = size;
        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"MnistNet worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>The number of workers.</summary>
    public int Size { get; }

    /// <summary>The number of threads to use when nobody says: one a processor.</summary>
    public static int DefaultSize => Math.Min(Environment.ProcessorCount, MaximumSize);

    /// <summary>More threads than this help nobody.</summary>
    public const int MaximumSize = 256;

    /// <summary>Has every worker do the job, each with its number from 0, and returns when all are done.</summary>
    public void Run(Action<int> job)
    {
        if (Size == 1)
        {
            job(0);
            return;
        }

        _job = job;
        Volatile.Write(ref _unfinished, Size - 1);
        Interlocked.Increment(ref _generation);
        int sleepers = Volatile.Read(ref _sleepers);
        if (sleepers > 0)
        {
            _wake.Release(Size - 1);
        }

        Attempt(job, 0);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _unfinished) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is ExceptionDispatchInfo failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    /// <summary>Ends the workers and waits for them.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Interlocked.Increment(ref _generation);
        _wake.Release(Size);
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private void Work(int worker)
    {
        int seen = 0;
        while (true)
        {
            Await(seen);
            seen++;
            if (Volatile.Read(ref _ended))
            {
                return;
            }

            Attempt(_job, worker);
            Interlocked.Decrement(ref _unfinished);
        }
    }

    private void Await(int seen)
    {
        var spin = default(SpinWait);
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (Volatile.Read(ref _generation) != seen)
            {
                return;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        // Announce the sleep before looking a last time: a job that comes in between sees the sleeper and releases it.
        Interlocked.Increment(ref _sleepers);
        while (Volatile.Read(ref _generation) == seen)
        {
            _wake.Wait();
        }

        Interlocked.Decrement(ref _sleepers);
    }

    private void Attempt(Action<int> job, int worker)
    {
        try
        {
            job(worker);
        }
#pragma warning disable CA1031 // The failure is rethrown to the caller of Run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
        }
    }
}
