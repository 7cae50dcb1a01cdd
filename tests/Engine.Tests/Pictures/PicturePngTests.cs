namespace MnistNet.Tests;

public sealed class PicturePngTests
{
    [Fact]
    public void The_ink_of_a_digit_comes_back_to_the_grey_level()
    {
        Digit digit = Reports.Digits.Test[3];
        GreyImage read = Read(PicturePng.Draw(Picture.Of(digit)));
        Assert.Equal((28, 28), (read.Width, read.Height));
        Assert.Equal(digit.Pixels, Enumerable.Range(0, 28).SelectMany(row => read.Row(row).ToArray()));
    }

    [Fact]
    public void Weights_and_attributions_are_images_of_their_size()
    {
        Network network = Reports.Trained.Network;
        Matrix w1 = network["W1"]!;
        var weights = Picture.OfWeights(28, 28, Enumerable.Range(0, 784).Select(i => w1[0, i]), w1.Max());
        Picture attribution = DigitPictures.Of(Attribution.Of(network, Reports.Digits.Test[0]));
        Assert.All(new[] { weights, attribution }, picture =>
        {
            GreyImage read = Read(PicturePng.Draw(picture));
            Assert.Equal((28, 28), (read.Width, read.Height));
        });
    }

    private static GreyImage Read(byte[] png)
    {
        using var stream = new MemoryStream(png);
        return PngReader.Read(stream, "picture");
    }
}
