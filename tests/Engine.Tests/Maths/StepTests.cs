namespace MnistNet.Tests;

/// <summary>Forward propagation, backpropagation, update and trace: what they refuse, and what they carry.</summary>
public sealed class StepTests
{
    private static readonly DigitSet s_digits = SmallBatch.Digits(9, seed: 1, rows: 28, columns: 28);

    [Fact]
    public void A_pass_and_its_gradient_hold_every_symbol_at_any_depth()
    {
        ForwardPass pass = ForwardPropagation.Run(Network.Create([7, 6]), s_digits);
        Gradient gradient = Backpropagation.Run(pass);

        Assert.Equal(
            ["X 784×9", "Z1 7×9", "A1 7×9", "Z2 6×9", "A2 6×9", "Z3 10×9", "A3 10×9", "Y 10×9"],
            pass.Matrices.Select(matrix => matrix.ToString()));
        Assert.Equal(
            ["dZ3 10×9", "dW3 10×6", "db3 10×1", "dZ2 6×9", "dW2 6×7", "db2 6×1", "dZ1 7×9", "dW1 7×784", "db1 7×1"],
            gradient.Matrices.Select(matrix => matrix.ToString()));
        Assert.Null(pass["Z4"]);
    }

    [Fact]
    public void Unlabelled_digits_go_forward_but_not_back()
    {
        var unlabelled = new DigitSet("unlabelled", new byte[784 * 2], labels: null);
        ForwardPass pass = ForwardPropagation.Run(Network.Create([5]), unlabelled);

        Assert.Null(pass.Loss);
        Assert.Null(pass.Y);
        Assert.Equal("LabelsMissing", Assert.Throws<ShapeException>(() => Backpropagation.Run(pass)).ErrorId);
        Assert.Equal(
            "LabelsMissing",
            Assert.Throws<ShapeException>(
                () => GradientCheck.Run(
                    pass.Network,
                    unlabelled,
                    cancellationToken: TestContext.Current.CancellationToken).ToArray()).ErrorId);
    }

    [Fact]
    public void An_empty_batch_is_refused()
        => Assert.Equal(
            "EmptyBatch",
            Assert.Throws<ShapeException>(() => ForwardPropagation.Run(Network.Create([5]), s_digits.Take(0))).ErrorId);

    [Fact]
    public void Digits_of_another_size_are_refused()
        => Assert.Equal(
            "NetworkDataShapeMismatch",
            Assert.Throws<ShapeException>(() => ForwardPropagation.Run(Network.Create([5], inputs: 100), s_digits))
                .ErrorId);

    [Fact]
    public void Matrices_that_do_not_fit_the_network_are_named()
    {
        Network network = Network.Create([5]);
        Matrix x = s_digits.ToMatrix();
        Assert.Contains(
            "5×784 · 9×784: W1 and X do not fit",
            Assert.Throws<ShapeException>(() => ForwardPropagation.Run(network, x.T)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "must be 10×9",
            Assert.Throws<ShapeException>(() => ForwardPropagation.Run(network, x, x)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_too_large_for_memory_is_refused_with_its_size_before_anything_is_allocated()
    {
        var error = Assert.Throws<SettingException>(
            () => MatrixMemory.RequireRoom(Network.Create([1000]), s_digits, memory: 200_000));
        Assert.Equal("BatchTooLarge", error.ErrorId);
        Assert.Matches(@"9 digits .* 0\.0 GB in float64.* the first \d+", error.Message);
    }

    [Fact]
    public void An_update_returns_another_network_and_leaves_the_given_one()
    {
        Network network = Network.Create([5], seed: 3);
        double before = network["W2"]![0, 0];
        Gradient gradient = Backpropagation.Run(ForwardPropagation.Run(network, s_digits));

        Network updated = GradientDescent.Update(network, gradient, 0.5);

        Assert.Equal(before, network["W2"]![0, 0]);
        Assert.Equal(before - (0.5 * gradient["dW2"]![0, 0]), updated["W2"]![0, 0]);
        Assert.True(gradient.IsOf(network));
        Assert.False(gradient.IsOf(updated));
    }

    [Fact]
    public void A_gradient_of_a_network_of_other_shape_is_refused()
    {
        Gradient gradient = Backpropagation.Run(ForwardPropagation.Run(Network.Create([5]), s_digits));
        Assert.Equal(
            "GradientOfAnotherNetwork",
            Assert.Throws<ShapeException>(() => GradientDescent.Update(Network.Create([6]), gradient, 0.1)).ErrorId);
        Assert.Equal(
            "GradientOfAnotherNetwork",
            Assert.Throws<ShapeException>(
                () => GradientDescent.Update(Network.Create([5], Activation.Tanh), gradient, 0.1)).ErrorId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_no_positive_number_is_refused(double alpha)
    {
        Network network = Network.Create([5]);
        Gradient gradient = Backpropagation.Run(ForwardPropagation.Run(network, s_digits));
        Assert.Equal(
            "Alpha", Assert.Throws<SettingException>(() => GradientDescent.Update(network, gradient, alpha)).Setting);
    }

    [Fact]
    public void The_loss_stays_a_number_when_a_label_gets_no_probability_at_all()
    {
        Network network = Network.Create([5], seed: 1);
        var certain = new Network(
            [network["W1"]!, network["b1"]!, 1e6 * network["W2"]!, network["b2"]!], Activation.ReLU);
        double loss = ForwardPropagation.Run(certain, s_digits).Loss!.Value;
        Assert.True(double.IsFinite(loss) && loss > 50, $"{loss}");
    }

    [Fact]
    public void A_trace_follows_a_digit_to_the_answer_and_a_labelled_one_back_to_the_weights()
    {
        Network network = Network.Create([6, 5], seed: 2);
        Digit digit = s_digits[4];
        string[] forward = ["image", "X", "Z1", "A1", "Z2", "A2", "Z3", "A3", "answer"];
        string[] back =
        [
            "Y", "L", "dZ3", "dW3", "db3", "dZ2", "dW2", "db2", "dZ1", "dW1", "db1", "W1", "b1", "W2", "b2", "W3", "b3",
            "L after",
        ];

        IReadOnlyList<TraceStep> steps = PredictionTrace.Run(network, digit);

        Assert.Equal([.. forward, .. back], steps.Select(step => step.Symbol));
        Assert.Equal(Enumerable.Range(1, 27), steps.Select(step => step.Step));
        Assert.Equal(
            ForwardPropagation.Run(network, DigitSet.FromDigits([digit])).A[^1].ArgMax()[0]
                .ToString(System.Globalization.CultureInfo.InvariantCulture),
            steps[8].Value);
        Assert.Equal("(W3ᵀ·dZ3) ∘ [Z2 > 0]", steps[14].Formula);
        Assert.Equal("W1 ← W1 − α·dW1, α = 0.1", steps[20].ToString());
        Assert.All(steps.SelectMany(step => step.ToText().Split('\n')), line => Assert.True(line.Length <= 100, line));

        var unlabelled = new Digit(0, null, digit.Pixels, 28, 28);
        Assert.Equal(forward, PredictionTrace.Run(network, unlabelled).Select(step => step.Symbol));
        Assert.Equal("one-hot of the label 7", PredictionTrace.Run(network, unlabelled, label: 7)[9].Formula);
    }

    [Theory]
    [InlineData(Activation.ReLU, 1)]
    [InlineData(Activation.LeakyReLU, 128)]
    [InlineData(Activation.Tanh, 10)]
    [InlineData(Activation.Sigmoid, 1000)]
    public void A_trace_fits_a_terminal_of_100_columns_whatever_the_network(Activation activation, int width)
    {
        Network network = Network.Create([width], activation, Initializer.Uniform, seed: 5);
        Assert.All(
            PredictionTrace.Run(network, s_digits[0], alpha: 0.123456).SelectMany(step => step.ToText().Split('\n')),
            line => Assert.True(line.Length <= 100, line));
    }
}
