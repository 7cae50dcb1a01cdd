using MnistNet.Kernels;

namespace MnistNet.Tests;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 7)]
    [InlineData(5, 40)]
    public void Every_task_of_every_job_is_done_once(int size, int tasks)
    {
        using var team = new WorkerTeam(size);
        var done = new int[tasks];
        for (int job = 0; job < 2000; job++)
        {
            team.Run(tasks, (_, task) => done[task]++);
        }

        Assert.All(done, count => Assert.Equal(2000, count));
    }

    [Fact]
    public void No_two_workers_of_the_same_number_are_at_work_at_once()
    {
        using var team = new WorkerTeam(4);
        var busy = new int[4];
        for (int job = 0; job < 300; job++)
        {
            team.Run(20, (worker, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
                Thread.SpinWait(50);
                Interlocked.Decrement(ref busy[worker]);
            });
        }
    }

    [Fact]
    public void A_job_without_tasks_is_done_at_once()
    {
        using var team = new WorkerTeam(2);

        // Long enough for the other one to fall asleep.
        Thread.Sleep(60);
        team.Run(0, (_, _) => Assert.Fail("There was no task."));
    }

    [Fact]
    public void Workers_that_fell_asleep_come_back()
    {
        using var team = new WorkerTeam(2);
        for (int job = 0; job < 3; job++)
        {
            // Longer than they stay awake: that is the point.
            Thread.Sleep(60);
            using var both = new Barrier(2);
            team.Run(2, (_, _) => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(20))));
        }
    }

    [Fact]
    public void A_failure_of_a_worker_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new WorkerTeam(2);

        Assert.Throws<InvalidOperationException>(
            () => team.Run(5, (_, task) => throw new InvalidOperationException($"task {task}")));
        int total = 0;
        team.Run(5, (_, _) => Interlocked.Increment(ref total));
        Assert.Equal(5, total);
    }
}
