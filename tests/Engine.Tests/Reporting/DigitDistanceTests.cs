namespace MnistNet.Tests;

public sealed class DigitDistanceTests
{
    [Theory]
    [InlineData(28, 28)]
    [InlineData(5, 7)]
    public void The_distance_is_the_Euclidean_one_to_the_nearest_mean(int rows, int columns)
    {
        var random = new Random(1);
        var pixels = new byte[40 * rows * columns];
        random.NextBytes(pixels);
        byte[] labels = [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 10))];
        var digits = new DigitSet("random", pixels, labels, rows, columns);
        var distance = DigitDistance.Calibrate(digits, null);
        byte[] image = new byte[rows * columns];
        random.NextBytes(image);

        double expected = Enumerable.Range(0, 10).Min(label =>
        {
            Digit[] same = [.. Enumerable.Range(0, 4).Select(turn => digits[label + (10 * turn)])];
            return Math.Sqrt(Enumerable.Range(0, image.Length).Sum(i => Math.Pow(
                (image[i] - Math.Floor(same.Average(digit => (double)digit.Pixels[i]) + 0.5)) / 255, 2)));
        });
        Assert.Equal(expected, distance.Of(image), 1e-9);
    }

    [Fact]
    public void Nearly_all_digits_learned_from_are_within_the_limit()
    {
        DigitSet train = Reports.Digits.Train;
        var distance = DigitDistance.Calibrate(train, null);
        int beyond = Enumerable.Range(0, train.Count).Count(i => distance.Of(train[i].Pixels) > distance.Threshold);
        Assert.InRange(beyond, 1, train.Count / 100);
        Assert.Equal(beyond / (double)train.Count, distance.FalseAlarmRate);
    }

    [Fact]
    public void The_rate_of_false_alarms_is_that_of_digits_that_took_no_part()
    {
        var distance = DigitDistance.Calibrate(Reports.Digits.Train, Reports.Digits.Test);
        DigitSet test = Reports.Digits.Test;
        int beyond = Enumerable.Range(0, test.Count).Count(i => distance.Of(test[i].Pixels) > distance.Threshold);
        Assert.Equal(beyond / (double)test.Count, distance.FalseAlarmRate);
    }

    [Fact]
    public void A_scribble_is_farther_than_any_digit()
    {
        var distance = DigitDistance.Calibrate(Reports.Digits.Train, null);
        var noise = new byte[784];
        new Random(2).NextBytes(noise);
        Assert.True(distance.Of(noise) > distance.Threshold);
    }
}
