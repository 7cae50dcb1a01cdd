namespace MnistNet.Tests;

public sealed class GradientCheckTests
{
    private static readonly int[] s_widths = [7, 5, 6];

    public static TheoryData<Activation, int> ActivationsAndDepths
    {
        get
        {
            var data = new TheoryData<Activation, int>();
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                for (int depth = 1; depth <= 4; depth++)
                {
                    data.Add(activation, depth);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(ActivationsAndDepths))]
    public void Backpropagation_agrees_with_the_measured_slope_of_every_entry(Activation activation, int depth)
    {
        DigitSet digits = SmallBatch.Digits(6, seed: depth);
        int[] hidden = [.. s_widths.Take(depth - 1)];
        Network network = SmallBatch.Network(digits, hidden, activation, seed: depth);

        GradientCheck[] checks = Check(network, digits, entries: null);

        Assert.Equal(network.Parameters.Select(parameter => parameter.Name), checks.Select(check => check.Parameter));
        Assert.All(checks, check => Assert.True(check.Passed, check.ToString()));
        Assert.All(checks, check => Assert.True(check.RelativeError < 1e-6, check.ToString()));
        Assert.Equal(network.ParameterCount, checks.Sum(check => check.Checked + check.Skipped));
        Assert.All(checks, check => Assert.True(check.Skipped <= check.Checked / 10, $"{check.Skipped} skipped"));
    }

    [Theory]
    [InlineData("dW1", 1.02)]
    [InlineData("dW2", -1)]
    [InlineData("db1", 6)]
    [InlineData("db2", 0.98)]
    public void A_gradient_that_is_wrong_by_a_factor_fails_in_that_parameter_alone(string symbol, double factor)
    {
        DigitSet digits = SmallBatch.Digits(6, seed: 1);
        Network network = SmallBatch.Network(digits, [5], Activation.ReLU, seed: 1);
        Gradient right = Backpropagation.Run(ForwardPropagation.Run(network, digits));
        Matrix Broken(Matrix matrix) => matrix.Name == symbol ? (factor * matrix).Named(symbol) : matrix;
        var wrong = new Gradient(network, right.DZ, [.. right.DW.Select(Broken)], [.. right.Db.Select(Broken)]);

        GradientCheck[] checks = Check(network, digits, gradient: wrong);

        Assert.All(checks, check => Assert.Equal("d" + check.Parameter != symbol, check.Passed));
    }

    [Fact]
    public void The_scalar_db_of_a_mistake_in_circulation_fails()
    {
        DigitSet digits = SmallBatch.Digits(6, seed: 2);
        Network network = SmallBatch.Network(digits, [5], Activation.Tanh, seed: 2);
        Gradient right = Backpropagation.Run(ForwardPropagation.Run(network, digits));
        Matrix Scalar(Matrix db) => db.Map(_ => db.Sum());
        var wrong = new Gradient(network, right.DZ, right.DW, [.. right.Db.Select(Scalar)]);

        GradientCheck[] checks = Check(network, digits, gradient: wrong);

        Assert.Equal([true, false, true, false], checks.Select(check => check.Passed));
    }

    [Fact]
    public void Entries_at_a_kink_are_skipped_and_counted()
    {
        // With all parameters 0 every sum is 0, so any nudge before the first activation crosses its kink.
        DigitSet digits = SmallBatch.Digits(6, seed: 3, ink: 1);
        Network network = Network.Create([4], Activation.ReLU, Initializer.Zero, inputs: digits.PixelCount);

        GradientCheck[] checks = Check(network, digits, entries: null);

        Assert.Equal([80, 4, 0, 0], checks.Select(check => check.Skipped));
        Assert.Equal([null, null, true, true], checks.Select(check => check.Passed));
        Assert.Null(checks[0].RelativeError);
    }

    [Fact]
    public void A_smooth_activation_skips_nothing()
    {
        DigitSet digits = SmallBatch.Digits(6, seed: 3);
        Network network = Network.Create([4], Activation.Sigmoid, Initializer.Zero, inputs: digits.PixelCount);

        Assert.All(
            Check(network, digits, entries: null), check => Assert.Equal((0, true), (check.Skipped, check.Passed)));
    }

    [Fact]
    public void A_sample_of_entries_is_the_same_for_the_same_seed_and_another_for_another()
    {
        DigitSet digits = SmallBatch.Digits(6, seed: 4);
        Network network = SmallBatch.Network(digits, [8], Activation.Tanh, seed: 4);
        string[] Entries(int seed) => [.. Check(network, digits, entries: 10, seed).Select(check => check.Entry!)];

        Assert.Equal(Entries(1), Entries(1));
        Assert.NotEqual(Entries(1), Entries(2));
        Assert.All(
            Check(network, digits, entries: 10),
            check => Assert.Equal(Math.Min(10, check.Parameter == "b1" ? 8 : 10), check.Checked));
    }

    private static GradientCheck[] Check(
        Network network, DigitSet digits, int? entries = 50, int seed = 0, Gradient? gradient = null)
        =>
        [
            .. GradientCheck.Run(
                network,
                digits.ToMatrix(),
                digits.ToOneHot(),
                entries,
                seed,
                gradient,
                TestContext.Current.CancellationToken),
        ];
}
