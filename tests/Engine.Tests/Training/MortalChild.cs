using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MnistNet.Tests;

/// <summary>A process that trains with a checkpoint at every row until somebody kills it: this program itself, told so by a variable.</summary>
internal static class MortalChild
{
    private const string Variable = "MNISTNET_TEST_CHILD_CHECKPOINT";

    /// <summary>How many times a test kills: a hundred where the variable asks for it.</summary>
    internal static int Kills => int.TryParse(Environment.GetEnvironmentVariable("MNISTNET_TEST_KILLS"), out int kills) ? kills : 10;

    internal static readonly TrainingSettings Settings = new() { Iterations = 20_000, Optimizer = Optimizer.Adam, Threads = 1, Seed = 4 };

    internal static DigitSet Digits => SmallDigits.Make(20);

    internal static Network Network => Network.Create([4], seed: 4);

    internal static Process Start(string checkpoint)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(MortalChild).Assembly.Location);
        }

        start.Environment[Variable] = checkpoint;
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void BecomeOne()
    {
        if (Environment.GetEnvironmentVariable(Variable) is string checkpoint)
        {
            int rows = 0;
            Trainer.Train(Network, Digits, null, Settings, new CheckpointSettings(checkpoint) { Every = 1, Resume = true }, _ =>
            {
                // The second row comes after the first checkpoint.
                if (++rows == 2)
                {
                    Console.Out.WriteLine("training");
                }
            });
            Environment.Exit(0);
        }
    }
}
