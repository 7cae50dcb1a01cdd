using System.Security.Cryptography;

namespace MnistNet.Tests;

public sealed class AugmentationTests
{
    private static readonly AugmentationStrength Usual = new();
    private static readonly DigitSet Digits = SyntheticDigits.CreateTrain(600, seed: 4);

    public static TheoryData<Augmentation> Kinds => [Augmentation.Shift, Augmentation.Affine, Augmentation.Elastic];

    [Fact]
    public void Over_a_hundred_thousand_draws_every_amount_is_spread_evenly_around_none()
    {
        Distortion[] draws = [.. Enumerable.Range(0, 100_000).Select(image =>
            Distortion.Draw(Augmentation.Elastic, Usual, seed: 3, epoch: image % 7, image))];
        AssertEven(draws, draw => draw.ShiftX, 1);
        AssertEven(draws, draw => draw.ShiftY, 1);
        AssertEven(draws, draw => draw.Angle * 180 / Math.PI, 12);
        AssertEven(draws, draw => Math.Log(draw.ScaleX), 0.15);
        AssertEven(draws, draw => Math.Log(draw.ScaleY), 0.15);
        AssertEven(draws, draw => draw.Shear, 0.15);
        AssertEven(draws, draw => draw.FieldX - 511.5, 511.5);
        AssertEven(draws, draw => draw.FieldY - 511.5, 511.5);
        Assert.Equal(0, draws.Average(draw => draw.BendX), 0.02);
        Assert.Equal(0, draws.Average(draw => draw.BendY), 0.02);
        Assert.All(draws, draw => Assert.Equal((1.3, 1.3), (Math.Abs(draw.BendX), Math.Abs(draw.BendY))));
        Assert.Equal(0, Correlation(draws, draw => draw.ShiftX, draw => draw.ShiftY), 0.02);
        Assert.Equal(0, Correlation(draws, draw => draw.ScaleX, draw => draw.ScaleY), 0.02);
        Assert.Equal(0, Correlation(draws, draw => draw.Angle, draw => draw.Shear), 0.02);
    }

    [Fact]
    public void A_shift_is_each_of_nine_places_equally_often()
    {
        var places = Enumerable.Range(0, 90_000)
            .Select(image => Distortion.Draw(Augmentation.Shift, Usual, seed: 1, epoch: 2, image))
            .GroupBy(draw => (draw.ShiftX, draw.ShiftY))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(9, places.Count);
        Assert.All(places.Values, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void The_elastic_fields_have_the_strength_and_the_smoothness_that_is_promised()
    {
        ElasticFields fields = ElasticFields.For(28, 28, 4);
        double squares = 0, neighbours = 0, far = 0, sum = 0;
        for (int field = 0; field < ElasticFields.Count; field++)
        {
            ReadOnlySpan<float> values = fields[field];
            for (int y = 0; y < 28; y++)
            {
                for (int x = 0; x < 28; x++)
                {
                    float value = values[(y * 28) + x];
                    sum += value;
                    squares += value * value;
                    neighbours += x >= 24 ? 0 : value * values[(y * 28) + x + 4];
                    far += x >= 4 ? 0 : value * values[(y * 28) + x + 24];
                }
            }
        }

        const double Count = 1024 * 784;
        Assert.Equal(1, Math.Sqrt(squares / Count), 1e-5);
        Assert.Equal(0, sum / Count, 0.05);

        // Noise smoothed by a Gaussian is correlated as e^(−d²/4σ²).
        Assert.Equal(Math.Exp(-0.25), neighbours / (Count * 24 / 28), 0.05);
        Assert.Equal(0, far / (Count * 4 / 28), 0.05);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_becomes_of_a_digit_follows_from_seed_epoch_and_image_alone(Augmentation kind)
    {
        byte[] Pixels(int seed, int epoch, int? threads, int count)
        {
            DigitSet drawn = new Augmenter(Digits.Take(count), kind, Usual, seed, threads).Draw(epoch);
            return drawn.Pixels[..(300 * 784)].ToArray();
        }

        byte[] expected = Pixels(5, 2, 1, 600);
        Assert.Equal(expected, Pixels(5, 2, 2, 600));
        Assert.Equal(expected, Pixels(5, 2, null, 300));
        Assert.NotEqual(expected, Pixels(5, 3, 1, 600));
        Assert.NotEqual(expected, Pixels(6, 2, 1, 600));
    }

    [Fact]
    public void The_bits_are_those_of_every_other_machine()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Augmentation kind in Kinds.Select(row => row.Data))
        {
            hash.AppendData(new Augmenter(SmallDigits.Make(300), kind, Usual, 1).Draw(0).Pixels);
        }

        Assert.Equal(
            "673c9b288129eddd7ee9f3074788facea7d4ed5eb5a1e61051b883f529454391",
            Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_ink_stays_about_as_much_and_about_where_it_was(Augmentation kind)
    {
        var augmenter = new Augmenter(Digits, kind, Usual, 9);
        double mass = 0, before = 0, right = 0, down = 0;
        for (int epoch = 0; epoch < 5; epoch++)
        {
            DigitSet drawn = augmenter.Draw(epoch);
            for (int i = 0; i < Digits.Count; i++)
            {
                var from = ImageMoments.Of(Digits[i].Pixels, 28, 28);
                var to = ImageMoments.Of(drawn[i].Pixels, 28, 28);
                before += from.Mass;
                mass += to.Mass;
                right += to.CentreX - from.CentreX;
                down += to.CentreY - from.CentreY;
            }
        }

        Assert.Equal(1, mass / before, kind == Augmentation.Shift ? 0 : 0.03);
        Assert.Equal(0, right / (5 * Digits.Count), 0.06);
        Assert.Equal(0, down / (5 * Digits.Count), 0.06);
    }

    [Fact]
    public void No_distortion_leaves_an_image_as_it_is_and_a_quarter_turn_turns_it()
    {
        var none = new Distortion(0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        byte[] image = Digits[0].Pixels;
        Assert.Equal(image, Distort(image, none));
        byte[] turned = Distort(image, none with { Angle = Math.PI / 2 });
        for (int p = 0; p < 784; p++)
        {
            Assert.Equal(image[(p % 28 * 28) + 27 - (p / 28)], turned[p]);
        }

        // What is read a pixel further right and two further down moves to the left and up.
        byte[] moved = Distort(image, none with { ShiftX = 1, ShiftY = 2 });
        Assert.All(Enumerable.Range(0, 25 * 28).Where(p => p % 28 < 27), p => Assert.Equal(image[p + 57], moved[p]));
    }

    [Fact]
    public void Moving_the_numbers_of_pixels_is_moving_the_pixels()
    {
        DigitSet digits = SmallDigits.Make(300);
        var batches = new TrainingSettings { BatchSize = 50, Epochs = 1, Augmentation = Augmentation.Shift, Seed = 3 };
        TrainingSettings all = batches with { BatchSize = null, Epochs = null, Iterations = 1 };
        DigitSet moved = new Augmenter(digits, Augmentation.Shift, Usual, 3).Draw(0);
        foreach ((int[] hidden, TrainingSettings settings) in ((int[], TrainingSettings)[])[
            ([10], batches), ([70], batches), ([10], all), ([70], all), ([10, 12], all)])
        {
            Network start = Network.Create(hidden);
            Network inside = Trainer.Train(start, digits, null, settings).Network;
            TrainingSettings plain = settings with { Augmentation = Augmentation.None };
            Network outside = Trainer.Train(start, moved, null, plain).Network;
            AssertSameNumbers(outside, inside);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_sees_other_digits_in_each_epoch_and_is_judged_by_the_true_ones(Augmentation kind)
    {
        var settings = new TrainingSettings
        {
            BatchSize = 100,
            Epochs = 2,
            Augmentation = kind,
            Seed = 3,
            ValidationFraction = 0.1,
            LabelSmoothing = 0.1,
        };
        Network start = Network.Create([20], preprocessing: Preprocessing.MomentNormalization);
        TrainingResult result = Trainer.Train(start, Digits, Digits, settings);
        TrainingResult plain = Trainer.Train(start, Digits, Digits, settings with { Augmentation = Augmentation.None });

        Assert.NotEqual(plain.History[0].Loss, result.History[0].Loss);
        Assert.Equal(Evaluation.Measure(result.Network, Digits).Accuracy, result.TestAccuracy);
        AssertSameNumbers(result.Network, Trainer.Train(start, Digits, null, settings with { Threads = 1 }).Network);
        AssertSameNumbers(result.Network, Trainer.Train(start, Digits, null, settings with { Threads = 3 }).Network);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_stopped_anywhere_goes_on_to_the_same_bits(Augmentation kind)
    {
        using var folder = new TemporaryFolder();
        var settings = new TrainingSettings { BatchSize = 100, Epochs = 4, Augmentation = kind, Seed = 3 };
        Network start = Network.Create([20]);
        var stop = new CancellationTokenSource();
        var keep = new CheckpointSettings(folder["c"]);
        Trainer.Train(start, Digits, null, settings, keep, row => stop.Cancel(), stop.Token);

        TrainingResult resumed = Trainer.Train(start, Digits, null, settings, keep with { Resume = true });

        Assert.Equal(4, resumed.History.Count);
        AssertSameNumbers(Trainer.Train(start, Digits, null, settings).Network, resumed.Network);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Full_batches_are_drawn_afresh_for_each_step(Augmentation kind)
    {
        Network start = Network.Create([10]);
        var settings = new TrainingSettings { Iterations = 3, Augmentation = kind, Seed = 3 };
        Network outside = start;
        var augmenter = new Augmenter(Digits, kind, Usual, 3);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            outside = Trainer.Train(outside, augmenter.Draw(epoch), null, new() { Iterations = 1 }).Network;
        }

        AssertSameNumbers(outside, Trainer.Train(start, Digits, null, settings).Network);
    }

    [Fact]
    public void A_checkpoint_of_before_there_was_augmentation_had_none()
    {
        IEnumerable<KeyValuePair<string, string>> Identity(TrainingSettings settings)
            => CheckpointIdentity.Of(Network.Create([5]), Digits, settings);

        string[] later = [nameof(Augmentation), .. typeof(AugmentationStrength).GetProperties().Select(p => p.Name)];
        var before = Identity(new()).Where(pair => !later.Contains(pair.Key)).ToDictionary();

        Assert.Equal(Identity(new()).Count() - later.Length, before.Count);
        CheckpointIdentity.RequireSame(before, Identity(new()), "c");
        var exception = Assert.Throws<SettingException>(() =>
            CheckpointIdentity.RequireSame(before, Identity(new() { Augmentation = Augmentation.Shift }), "c"));
        Assert.Contains("Augmentation is None", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strengths_out_of_range_are_refused_by_name()
    {
        (TrainingSettings, string)[] faults =
        [
            (new() { MaximumShift = -1 }, "MaximumShift"),
            (new() { MaximumShift = 15 }, "MaximumShift"),
            (new() { MaximumRotation = 181 }, "MaximumRotation"),
            (new() { MaximumScaling = double.NaN }, "MaximumScaling"),
            (new() { MaximumShear = -0.1 }, "MaximumShear"),
            (new() { Elasticity = double.PositiveInfinity }, "Elasticity"),
            (new() { Smoothness = 0 }, "Smoothness"),
        ];
        foreach ((TrainingSettings settings, string name) in faults)
        {
            TrainingSettings faulty = settings with { Augmentation = Augmentation.Elastic };
            var exception = Assert.Throws<SettingException>(() =>
                Trainer.Train(Network.Create([5]), Digits, null, faulty));
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_strongest_distortion_of_the_oddest_images_stays_within_bounds()
    {
        var strongest = new AugmentationStrength
        {
            MaximumShift = 14,
            MaximumRotation = 180,
            MaximumScaling = 1,
            MaximumShear = 1,
            Elasticity = 10,
            Smoothness = 0.5,
        };
        foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (1, 30), (30, 1), (28, 28)])
        {
            byte[] full = [.. Enumerable.Repeat((byte)255, rows * columns * 40)];
            var set = new DigitSet("full", full, null, rows, columns);
            foreach (Augmentation kind in Enum.GetValues<Augmentation>())
            {
                Assert.Equal(40, new Augmenter(set, kind, strongest, 0).Draw(0).Count);
            }

            var blank = new DigitSet("blank", new byte[full.Length], null, rows, columns);
            foreach (Augmentation kind in Enum.GetValues<Augmentation>())
            {
                DigitSet drawn = new Augmenter(blank, kind, strongest, 0).Draw(0);
                Assert.False(drawn.Pixels.ContainsAnyExcept((byte)0));
            }
        }
    }

    private static byte[] Distort(byte[] image, Distortion distortion)
    {
        var target = new byte[784];
        new ImageDistorter(28, 28, null).Apply(image, target, distortion);
        return target;
    }

    private static void AssertEven(Distortion[] draws, Func<Distortion, double> amount, double most)
    {
        double[] amounts = [.. draws.Select(amount)];
        Assert.InRange(amounts.Min(), -most, -0.99 * most);
        Assert.InRange(amounts.Max(), 0.99 * most, most);
        Assert.Equal(0, amounts.Average() / most, 0.01);
        Assert.Equal(1 / 3.0, amounts.Average(value => value * value) / (most * most), 0.01);
        Assert.Equal(0.25, amounts.Count(value => value > most / 2) / (double)amounts.Length, 0.01);
    }

    private static double Correlation(
        Distortion[] draws, Func<Distortion, double> left, Func<Distortion, double> right)
    {
        double meanLeft = draws.Average(left), meanRight = draws.Average(right);
        double both = draws.Average(draw => (left(draw) - meanLeft) * (right(draw) - meanRight));
        double ofLeft = draws.Average(draw => Math.Pow(left(draw) - meanLeft, 2));
        double ofRight = draws.Average(draw => Math.Pow(right(draw) - meanRight, 2));
        return both / Math.Sqrt(ofLeft * ofRight);
    }

    private static void AssertSameNumbers(Network expected, Network actual)
        => Assert.All(expected.Parameters.Zip(actual.Parameters), pair =>
            Assert.Equal(pair.First.Numbers.ToArray(), pair.Second.Numbers.ToArray()));
}
