namespace MnistNet.Tests;

public sealed class ImageMomentsTests
{
    [Fact]
    public void Moments_are_the_sums_that_define_them()
    {
        ImageMoments moments = ImageMoments.Of([0, 10, 0, 0, 0, 20], rows: 2, columns: 3);

        Assert.Equal(new ImageMoments(Mass: 30, X: 50, Y: 20, XX: 90, XY: 40, YY: 20), moments);
        Assert.Equal(5 / 3.0, moments.CentreX, 1e-15);
        Assert.Equal(2 / 3.0, moments.CentreY, 1e-15);
    }

    [Fact]
    public void An_even_rectangle_has_the_variances_of_the_uniform_distribution()
    {
        var levels = new byte[40 * 60];
        levels.AsSpan().Fill(77);

        ImageMoments moments = ImageMoments.Of(levels, rows: 40, columns: 60);

        Assert.Equal(((60 * 60) - 1) / 12.0, moments.VarianceX, 1e-9);
        Assert.Equal(((40 * 40) - 1) / 12.0, moments.VarianceY, 1e-9);
        Assert.Equal(0, moments.Covariance);
    }

    [Fact]
    public void Moving_an_image_changes_its_centre_and_no_variance()
    {
        byte[] near = new byte[1000 * 3], far = new byte[1000 * 3];
        for (int i = 0; i < 20; i++)
        {
            near[(i % 3 * 1000) + i] = far[(i % 3 * 1000) + 900 + i] = (byte)(i * 12);
        }

        ImageMoments here = ImageMoments.Of(near, 3, 1000), there = ImageMoments.Of(far, 3, 1000);

        Assert.Equal(here.CentreX + 900, there.CentreX, 1e-9);
        Assert.Equal(
            (here.VarianceX, here.Covariance, here.VarianceY), (there.VarianceX, there.Covariance, there.VarianceY));
    }
}
