using System.Diagnostics;
using MnistNet.Kernels;

namespace MnistNet.Tests;

/// <summary>
/// Random trainings. Their seed is printed when one fails; MNISTNET_TEST_SEED begins elsewhere, and
/// MNISTNET_TEST_SECONDS gives more time.
/// </summary>
public sealed class KernelFuzzTests(ITestOutputHelper output)
{
    private const double Tolerance = 2e-6;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("MNISTNET_TEST_SECONDS"), out int seconds) ? seconds : 10);

    [Fact]
    public void Random_trainings_end_where_an_independent_float64_program_ends()
    {
        int compared = 0, passedOver = 0;
        double worst = 0;
        foreach (KernelCase training in KernelCase.For(Time, least: 12))
        {
            var expected = new IndependentTraining(training);
            expected.Run();
            bool hasKink = training.Network.Activation is Activation.ReLU or Activation.LeakyReLU;
            if (hasKink && expected.NearestToKink < 1e-5)
            {
                // float32 may take this sum for the other side of the kink, and so give another unit the blame.
                passedOver++;
                continue;
            }

            TrainingResult result = Trainer.Train(training.Network, training.Digits, null, training.Settings);

            double difference = expected.DifferenceFrom(result.Network);
            Assert.True(difference <= Tolerance, $"{training}: the parameters differ by {difference:E1}.");
            Assert.Equal(1, result.History[0].Loss / expected.FirstLoss, 2e-5);
            worst = Math.Max(worst, difference);
            compared++;
        }

        output.WriteLine(
            $"{compared} trainings compared, {passedOver} passed over, largest relative difference {worst:E1}");
        Assert.True(compared > 5, $"Only {compared} trainings were compared.");
    }

    [Fact]
    public async Task No_kernel_touches_memory_beside_its_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Guard pages are asked for in Linux's way.");
        // In a process of its own, because a fault cannot be caught.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Engine.Tests"))
        {
            ArgumentList = { "-explicit", "only", "-method",
                $"{typeof(KernelFuzzTests).FullName}.{nameof(Random_trainings_between_guard_pages)}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string said = await child.StandardOutput.ReadToEndAsync();
        string[] lines = (await errors)
            .Split('\n'), begun = [.. lines.Where(line => line.StartsWith("seed", StringComparison.Ordinal))];
        await child.WaitForExitAsync();

        Assert.True(
            said.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal),
            $"The last training that began: {begun.LastOrDefault()}\n{said}\n{string.Join('\n', lines.Except(begun))}");
        output.WriteLine($"{begun.Length} trainings");
    }

    [Fact(Explicit = true)]
    public void Random_trainings_between_guard_pages()
    {
        foreach (KernelCase training in KernelCase.For(Time, least: 12))
        {
            Console.Error.WriteLine(training);
            BufferMemory.Current = new GuardedMemory(againstTheEnd: training.Seed % 3 != 0);
            TrainingResult result = Trainer.Train(
                training.Network, training.Digits, training.Digits, training.Settings);
            Evaluation evaluation = Evaluation.Measure(result.Network, training.Digits);
            BufferMemory.Current = new BufferMemory();

            TrainingResult usual = Trainer.Train(
                training.Network, Copy(training.Digits), training.Digits, training.Settings);
            Assert.Equal(BitIdentityTests.Hash(usual), BitIdentityTests.Hash(result));
            Assert.Equal(evaluation.Loss, result.TestLoss);
        }
    }

    // Another set of the same digits, whose sparse lists are not yet known.
    private static DigitSet Copy(DigitSet digits) =>
        new("copy", digits.Pixels.ToArray(), digits.Labels.ToArray(), digits.Rows, digits.Columns);
}
