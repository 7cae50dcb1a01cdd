using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MnistNet.Tests;

/// <summary>
/// A process that writes files until it is killed: this program itself, told so by variables. It says a line when it
/// has begun, and where a test must know what was written, another after each file.
/// </summary>
internal static class MortalChild
{
    private const string JobVariable = "MNISTNET_TEST_CHILD_JOB";
    private const string PathVariable = "MNISTNET_TEST_CHILD_PATH";

    internal static readonly TrainingSettings Settings = new()
    {
        Iterations = 20_000,
        Optimizer = Optimizer.Adam,
        Threads = 1,
        Seed = 4,
    };

    internal static readonly SweepPlan Plan =
        SweepPlan.Grid([new("Seed", Enumerable.Range(0, 100_000).Cast<object>())]);

    /// <summary>What the child does.</summary>
    internal enum Job
    {
        /// <summary>Trains with a checkpoint at every row.</summary>
        Checkpoints,

        /// <summary>Appends rows to a sweep's file.</summary>
        Rows,

        /// <summary>Saves two networks in turns under one name.</summary>
        Networks,
    }

    /// <summary>How many times a test kills: a hundred where the variable asks for it.</summary>
    internal static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("MNISTNET_TEST_KILLS"), out int kills) ? kills : 10;

    internal static DigitSet Digits => SmallDigits.Make(20);

    internal static Network Network => Network.Create([4], seed: 4);

    internal static Network OtherNetwork => Network.Create([400], seed: 5);

    internal static Process Start(Job job, string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MortalChild).Assembly.Location);
        }

        start.Environment[JobVariable] = job.ToString();
        start.Environment[PathVariable] = path;
        return Process.Start(start)!;
    }

    /// <summary>Lets a child live for a random moment after its first word, and gives its last one.</summary>
    internal static string? KillAtAnyMoment(Job job, string path, Random random)
    {
        using Process child = Start(job, path);
        string? said = child.StandardOutput.ReadLine();

        // A random moment of its life: that is the point.
        Thread.Sleep(random.Next(12));
        child.Kill();
        child.WaitForExit();
        string[] rest = child.StandardOutput.ReadToEnd().Split('\n');

        // The last line may be cut off.
        return rest.Length > 1 ? rest[^2] : said;
    }

    [ModuleInitializer]
    internal static void BecomeOne()
    {
        if (Enum.TryParse(Environment.GetEnvironmentVariable(JobVariable), out Job job))
        {
            string path = Environment.GetEnvironmentVariable(PathVariable)!;
            switch (job)
            {
                case Job.Checkpoints:
                    KeepCheckpoints(path);
                    break;
                case Job.Rows:
                    AppendRows(path);
                    break;
                case Job.Networks:
                    SaveNetworks(path);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(job), job, "The child does not know this job.");
            }

            Environment.Exit(0);
        }
    }

    private static void KeepCheckpoints(string path)
    {
        int rows = 0;
        Trainer.Train(Network, Digits, null, Settings, new CheckpointSettings(path) { Every = 1, Resume = true }, _ =>
        {
            // The second row comes after the first checkpoint.
            if (++rows == 2)
            {
                Console.Out.WriteLine("training");
            }
        });
    }

    private static void AppendRows(string path)
    {
        using SweepResultFile file = SweepResultFile.Open(path, Plan, "");
        for (int position = file.Rows.Count; position < Plan.Count; position++)
        {
            file.Append(Plan[position].With(row =>
            {
                row.Host = "a name long enough to be torn";
                row.NetworkFingerprint = "0123456789abcdef";
            }));
            Console.Out.WriteLine(position);
        }
    }

    private static void SaveNetworks(string path)
    {
        Network[] networks = [Network, OtherNetwork];
        for (int i = 0; i < 100_000; i++)
        {
            NetworkFile.Save(networks[i % 2], path);
            Console.Out.WriteLine(i);
        }
    }
}
