namespace MnistNet.Tests;

public sealed class AttributionTests
{
    public static TheoryData<Activation, int[]> Networks
    {
        get
        {
            var networks = new TheoryData<Activation, int[]>();
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                foreach (int[] hidden in new int[][] { [], [7], [30], [20, 10], [12, 11, 10, 9],
                    [8, 8, 8, 8, 8, 8, 8, 8] })
                {
                    networks.Add(activation, hidden);
                }
            }

            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Contributions_and_the_constant_part_add_up_to_the_logit(Activation activation, int[] hidden)
    {
        DigitSet digits = SmallBatch.Digits(12, seed: hidden.Length, rows: 28, columns: 28, ink: 0.2);
        Network network = SmallBatch.Network(digits, hidden, activation, seed: 5);
        ForwardPass pass = ForwardPropagation.Run(network, digits);
        for (int i = 0; i < digits.Count; i++)
        {
            int @class = i % 10, versus = (i + 3) % 10;
            Attribution alone = Attribution.Of(network, digits[i], @class);
            Equal(pass.Z[^1][@class, i], alone.Logit);
            Equal(alone.Logit, alone.Contributions.Sum() + alone.Constant);

            Attribution both = Attribution.Of(network, digits[i], @class, versus);
            Equal(pass.Z[^1][@class, i] - pass.Z[^1][versus, i], both.Logit);
            Equal(both.Logit, both.Contributions.Sum() + both.Constant);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_exact_attribution_tells_what_the_logit_is_with_fainter_ink_as_long_as_no_unit_switches(
        Activation activation, int[] hidden)
    {
        // Where the network is linear around the image, the constant part is what stays when ink fades by a little: had
        // it been computed as what is left over, this would find out.
        DigitSet digits = SmallBatch.Digits(8, seed: 9, rows: 6, columns: 6);
        Network network = SmallBatch.Network(digits, hidden, activation, seed: 2);
        for (int i = 0; i < digits.Count; i++)
        {
            Attribution attribution = Attribution.Of(network, digits[i]);
            Assert.Equal(activation is Activation.ReLU or Activation.LeakyReLU || hidden.Length == 0,
                attribution.IsExact);
            if (attribution.IsExact)
            {
                Matrix x = digits.ToMatrix().Column(i);
                const double Fading = 1e-9;
                double fainter = ForwardPropagation.Run(network, (1 - Fading) * x).Z[^1][attribution.Class, 0];
                double slope = (attribution.Logit - fainter) / Fading;
                Assert.Equal(attribution.Contributions.Sum(), slope, 1e-4 * Math.Max(1, Math.Abs(slope)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_contribution_is_the_pixel_times_the_gradient_measured_by_a_nudge(Activation activation,
        int[] hidden)
    {
        DigitSet digits = SmallBatch.Digits(1, seed: 4, rows: 5, columns: 5);
        Network network = SmallBatch.Network(digits, hidden, activation, seed: 3);
        Attribution attribution = Attribution.Of(network, digits[0]);
        double[,] x = digits.ToMatrix().ToArray();
        const double Nudge = 1e-6;
        for (int i = 0; i < 25; i++)
        {
            double pixel = x[i, 0];
            double gradient = (Logit(pixel + Nudge) - Logit(pixel - Nudge)) / (2 * Nudge);
            x[i, 0] = pixel;
            Assert.Equal(pixel * gradient, attribution.Contributions[i / 5, i % 5], 1e-6);

            double Logit(double value)
            {
                x[i, 0] = value;
                return ForwardPropagation.Run(network, new Matrix(x)).Z[^1][attribution.Class, 0];
            }
        }
    }

    [Fact]
    public void Pixels_without_ink_contribute_nothing()
    {
        Digit digit = SyntheticDigits.CreateTrain(1, seed: 1)[0];
        Attribution attribution = Attribution.Of(Network.Create([10], seed: 1), digit);
        for (int i = 0; i < 784; i++)
        {
            Assert.True(digit.Pixels[i] > 0 || attribution.Contributions[i / 28, i % 28] == 0);
        }
    }

    [Fact]
    public void The_predicted_class_is_explained_unless_another_is_asked_for()
    {
        DigitSet digits = SyntheticDigits.CreateTrain(1, seed: 1);
        Network network = Network.Create([10], seed: 1);
        int predicted = Predictor.Predict(network, digits, threads: 1).Single().Predicted;
        Assert.Equal(predicted, Attribution.Of(network, digits[0]).Class);
        Assert.Equal(4, Attribution.Of(network, digits[0], 4).Class);
        Assert.Equal(predicted, Attribution.Of(network, digits[0], 4).Predicted);
    }

    [Fact]
    public void A_class_that_there_is_not_or_that_is_compared_with_itself_is_refused()
    {
        Digit digit = SyntheticDigits.CreateTrain(1, seed: 1)[0];
        Network network = Network.Create([10], seed: 1);
        Assert.Throws<SettingException>(() => Attribution.Of(network, digit, 10));
        Assert.Throws<SettingException>(() => Attribution.Of(network, digit, 3, -1));
        Assert.Throws<SettingException>(() => Attribution.Of(network, digit, 3, 3));
        Assert.Throws<ShapeException>(() => Attribution.Of(Network.Create([10], inputs: 100), digit));
    }

    private static void Equal(double expected, double found)
        => Assert.Equal(expected, found, 1e-9 * Math.Max(1, Math.Abs(expected)));
}
