namespace MnistNet.Tests;

public sealed class ConfidenceIntervalTests
{
    // R. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_share_has_the_published_interval(int successes, int count, double low, double high)
    {
        ConfidenceInterval interval = ConfidenceInterval.OfShare(successes, count);

        Assert.Equal(low, interval.Low, 0.00005);
        Assert.Equal(high, interval.High, 0.00005);
    }

    [Fact]
    public void All_right_and_all_wrong_stay_between_0_and_1()
    {
        Assert.Equal(1, ConfidenceInterval.OfShare(10, 10).High);
        Assert.Equal(0, ConfidenceInterval.OfShare(0, 10).Low);
    }

    [Fact]
    public void A_mean_has_students_interval()
    {
        // n = 5, s² = ½; t of 4 degrees of freedom at 97.5 % is 2.776445 in the usual tables.
        double[] values = [1, 2, 2, 2, 3.0];
        double s = Math.Sqrt(0.5);

        ConfidenceInterval interval = ConfidenceInterval.OfMean(values)!.Value;

        Assert.Equal(2 - (2.776445 * s / Math.Sqrt(5)), interval.Low, 1e-6);
        Assert.Equal(2 + (2.776445 * s / Math.Sqrt(5)), interval.High, 1e-6);
    }

    [Fact]
    public void One_value_tells_nothing_of_its_spread()
        => Assert.Null(ConfidenceInterval.OfMean([0.9]));
}
