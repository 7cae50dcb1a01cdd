namespace MnistNet.Tests;

/// <summary>
/// What a training leaves behind in the process. Threads and memory belong to the whole process, so no other test runs
/// meanwhile.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class TrainerLeakTests
{
    [Fact]
    public void A_thousand_short_trainings_leave_neither_threads_nor_memory_behind()
    {
        Network network = Network.Create([20]);
        DigitSet few = SmallDigits.Make(20);
        TrainBriefly(100);
        (int threads, long memory) = Held();
        TrainBriefly(1000);
        (int threadsAfter, long memoryAfter) = Held();

        // The pool may have grown by a few in the meantime; two thousand workers may not be among them, nor 1,000 times
        // 800 KB of weights and state.
        Assert.InRange(threadsAfter, 0, threads + 50);
        Assert.InRange(memoryAfter - memory, long.MinValue, 200_000_000);

        void TrainBriefly(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Trainer.Train(network, few, null, new() { Iterations = 1, Threads = 3, Optimizer = Optimizer.Adam });
            }
        }

        static (int Threads, long Memory) Held()
        {
            GC.Collect();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return (process.Threads.Count, process.WorkingSet64);
        }
    }
}

/// <summary>Tests that look at the process they run in.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
