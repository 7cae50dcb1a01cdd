using System.Runtime.ExceptionServices;

namespace MnistNet.Kernels;

/// <summary>
/// Threads that share out the tasks of one job after another. Between two jobs of a training they stay awake for a
/// moment, because the next job follows within microseconds; when none comes they sleep, and <see cref="Dispose"/> ends
/// them. No one waits for a thread that has not come yet: any that is awake takes the next task, if need be the caller
/// all of them. So the team is never slower than one thread, even when the machine is busy with something else.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>More threads than this do not help.</summary>
    public const int MaximumSize = 256;

    // A step of a small mini-batch takes tens of microseconds; waking a sleeping thread takes about as long.
    private const int RoundsAwake = 4000, SpinsARound = 3;

    // A job's number, its tasks and the next one to take stand in one word, so that a latecomer cannot take a task of a
    // job that is over.
    private const int TaskBits = 20;
    private const long TaskMask = (1L << TaskBits) - 1;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly bool _isCrowded;
    private Action<int, int> _job = static (_, _) => { };
    private ExceptionDispatchInfo? _failure;
    private long _state;
    private int _done;
    private int _sleepers;
    private bool _ended;

    /// <summary>Starts a team.</summary>
    /// <param name="size">The number of workers; the caller of <see cref="Run"/> is one of them.</param>
    public WorkerTeam(int size)
    {
        Size = size;
        _isCrowded = size > Environment.ProcessorCount;
        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"MnistNet worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>The number of threads to use by default: one per processor.</summary>
    public static int DefaultSize => Math.Min(Environment.ProcessorCount, MaximumSize);

    /// <summary>The number of workers.</summary>
    public int Size { get; }

    /// <summary>
    /// Has the tasks 0 to <paramref name="tasks"/> − 1 done, each once, and returns when all are done.
    /// </summary>
    /// <param name="tasks">The number of tasks, less than a million.</param>
    /// <param name="job">Called with the worker's number, for its own scratch memory, and the task's.</param>
    public void Run(int tasks, Action<int, int> job)
    {
        if (Size == 1 || tasks <= 1)
        {
            for (int task = 0; task < tasks; task++)
            {
                job(0, task);
            }

            return;
        }

        _job = job;
        _done = 0;
        long number = (_state >> (2 * TaskBits)) + 1;
        Interlocked.Exchange(ref _state, (number << (2 * TaskBits)) | ((long)tasks << TaskBits));
        int sleepers = Volatile.Read(ref _sleepers);
        if (sleepers > 0)
        {
            _wake.Release(Math.Min(sleepers, tasks - 1));
        }

        TakeTasks(0);
        while (Volatile.Read(ref _done) < tasks)
        {
            Pause();
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

        Volatile.Write(ref _ended, true);
        _wake.Release(Size);
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    private void Work(int worker)
    {
        while (!Volatile.Read(ref _ended))
        {
            TakeTasks(worker);
            AwaitTasks();
        }
    }

    private void TakeTasks(int worker)
    {
        for (long state = Volatile.Read(ref _state); HasTask(state); state = Volatile.Read(ref _state))
        {
            if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
            {
                Attempt(worker, (int)(state & TaskMask));
                Interlocked.Increment(ref _done);
            }
        }
    }

    private static bool HasTask(long state) => (state & TaskMask) < ((state >> TaskBits) & TaskMask);

    private void AwaitTasks()
    {
        for (int round = 0; round < RoundsAwake; round++)
        {
            if (HasTask(Volatile.Read(ref _state)) || Volatile.Read(ref _ended))
            {
                return;
            }

            Pause();
        }

        // Announce the sleep before looking a last time: a job that comes in between sees the sleeper and wakes it.
        Interlocked.Increment(ref _sleepers);
        if (!HasTask(Volatile.Read(ref _state)) && !Volatile.Read(ref _ended))
        {
            _wake.Wait();
        }

        Interlocked.Decrement(ref _sleepers);
    }

    private void Pause()
    {
        if (_isCrowded)
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(SpinsARound);
        }
    }

    private void Attempt(int worker, int task)
    {
        try
        {
            _job(worker, task);
        }
#pragma warning disable CA1031 // The failure is rethrown to the caller of Run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
        }
    }
}
