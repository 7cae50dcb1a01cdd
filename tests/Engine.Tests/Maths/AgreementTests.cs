using MnistNet.Kernels;

namespace MnistNet.Tests;

/// <summary>
/// The fast truth beside the readable one: the kernels' float32 gradients against the formulas in float64.
/// </summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void The_kernels_gradients_agree_with_the_formulas_for_random_networks_and_batches()
    {
        double worst = 0;
        int compared = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            int[] hidden = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Width(random))];
            Activation activation = (Activation)random.Next(4);
            DigitSet digits = SmallBatch.Digits(
                1 + random.Next(200), seed, 1 + random.Next(28), 1 + random.Next(28), ink: (1 + (seed % 5)) / 5.0);
            Network network = Network.Create(
                hidden, activation, seed % 2 == 0 ? Initializer.He : Initializer.Xavier, seed, digits.PixelCount);
            ForwardPass pass = ForwardPropagation.Run(network, digits);
            if (HasUnitAtKink(pass))
            {
                continue;
            }

            (Matrix[] gradient, double loss) = KernelGradient(network, digits, threads: 1 + (seed % 3));

            Gradient expected = Backpropagation.Run(pass);
            double error = SmallBatch.RelativeDifference(gradient, expected.Parameters);
            Assert.True(error <= Tolerance,
                $"{network}, {digits.Count} images, seed {seed}: the gradients differ by {error:E1}.");
            Assert.Equal(pass.Loss!.Value, loss, 1e-5 * Math.Max(1, pass.Loss.Value));
            Assert.Equal(expected.Parameters.Select(matrix => matrix.Name), gradient.Select(matrix => matrix.Name));
            worst = Math.Max(worst, error);
            compared++;
        }

        output.WriteLine($"{compared} networks, largest relative difference of a gradient {worst:E1}");
        Assert.True(compared > 100, $"Only {compared} networks were compared.");
    }

    [Fact]
    public void Fifty_iterations_of_the_formulas_and_of_the_trainer_end_at_the_same_network()
    {
        DigitSet digits = SmallBatch.Digits(300, seed: 1, rows: 10, columns: 10);
        Network start = Network.Create([10, 8], Activation.Tanh, Initializer.Xavier, seed: 1, digits.PixelCount);

        Network stepped = start;
        for (int iteration = 0; iteration < 50; iteration++)
        {
            stepped = GradientDescent.Update(
                stepped, Backpropagation.Run(ForwardPropagation.Run(stepped, digits)), alpha: 0.1);
        }

        TrainingResult trained = Trainer.Train(
            start,
            digits,
            test: null,
            new TrainingSettings { Alpha = 0.1, Iterations = 50 },
            cancellationToken: TestContext.Current.CancellationToken);
        double difference = stepped.Parameters.Zip(trained.Network.Parameters).Max(
            pair => (pair.First - pair.Second).Map(Math.Abs).Max());
        output.WriteLine($"largest difference of a parameter {difference:E1}");
        Assert.True(difference <= 1e-4, $"A parameter differs by {difference:E1}.");
        Assert.Equal(
            ForwardPropagation.Run(stepped, digits).A[^1].ArgMax(),
            Predictor.Predict(trained.Network, digits, cancellationToken: TestContext.Current.CancellationToken)
                .Select(prediction => prediction.Predicted));
    }

    [Fact]
    public void The_classic_loop_in_readable_lines_and_the_kernels_end_at_the_same_network()
    {
        DigitSet digits = SmallDigits.Make(700);
        Network start = Network.Create([10], seed: 5);

        (Matrix[] parameters, double[] losses) = ReferenceTraining.Run(
            start, digits.ToMatrix(), digits.ToOneHot(), alpha: 0.1, iterations: 40);
        TrainingResult trained = Trainer.Train(
            start, digits, test: null, new TrainingSettings { Alpha = 0.1, Iterations = 40 });

        double error = SmallBatch.RelativeDifference(trained.Network.Parameters, parameters);
        Assert.True(error <= 1e-5, $"The parameters differ by {error:E1}.");
        Assert.All(trained.History.Zip(losses), pair => Assert.Equal(pair.Second, pair.First.Loss, 1e-5));
        Assert.True(losses[^1] < 0.7 * losses[0], "Nothing was learned.");
    }

    private static int Width(Random random) => random.Next(4) switch
    {
        0 => 1 + random.Next(4),
        1 => 1 + random.Next(32),
        2 => 1 + random.Next(100),
        _ => 16 * (1 + random.Next(12)),
    };

    /// <summary>
    /// Whether some sum is so near 0 that float32 may take it for the other side of the kink, and so blame another
    /// unit.
    /// </summary>
    private static bool HasUnitAtKink(ForwardPass pass)
        => pass.Network.Activation is Activation.ReLU or Activation.LeakyReLU
            && pass.Z.SkipLast(1).Any(
                z => Array.Exists(z.Values.Values, value => value != 0 && Math.Abs(value) < 1e-6));

    // A step of momentum with α = 0 and μ = 0 leaves the network as it is, and v = 0·v + g, the mean gradient.
    private static (Matrix[] Gradient, double Loss) KernelGradient(Network network, DigitSet digits, int threads)
    {
        using var team = new WorkerTeam(threads);
        using var kernel = new TrainingKernel(network, digits, digits.Count, Optimizer.Momentum, smoothing: 0, team);
        var step = new UpdateStep(Optimizer.Momentum, default, alpha: 0, digits.Count, 1, 1);
        StepOutcome outcome = kernel.Step(order: [], start: 0, digits.Count, step, CancellationToken.None);
        return (new NetworkLayout(network).ToMatrices(kernel.State(0), "d"), outcome.LossSum / digits.Count);
    }
}
