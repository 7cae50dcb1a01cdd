namespace MnistNet.Tests;

/// <summary>
/// The real test digits, drawn anew as people photograph theirs, are read as well as the originals. The whole proof
/// takes 1,000 digits (MNISTNET_HANDWRITING=1000); fewer do day by day.
/// </summary>
public sealed class HandwritingAccuracyTests
{
    private const string CountVariable = "MNISTNET_HANDWRITING";
    private const int EverydayCount = 40, WholeCount = 1000;

    [Fact]
    public void Digits_in_pictures_are_read_as_well_as_the_originals()
    {
        string? folder = Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable);
        Assert.SkipWhen(folder is null, "MNISTNET_DATA names no folder with the real digits.");
        int count =
            int.TryParse(Environment.GetEnvironmentVariable(CountVariable), out int wanted) ? wanted : EverydayCount;
        MnistDataset mnist = MnistSource.Load(new MnistSourceOptions { Path = folder });
        DigitSet originals = mnist.Test.Take(count);
        DigitSet png = Drawn(originals, image => image.ToPng()), jpeg = Drawn(originals, image => image.ToJpeg(75));

        // Of few digits one or two more or less mean nothing: their share in all is allowed for.
        double slack = count < WholeCount ? 2.0 / count : 0;
        foreach ((Network start, Recipe recipe, double allowed) in new[]
        {
            (Start(Recipe.Fast98), Recipe.Fast98, 0.01), (Network.Create([256], seed: 1), Recipe.Fast98, 0.01),
            (Start(Recipe.Classic), Recipe.Classic, 0.02),
        })
        {
            Network network = Trainer.Train(start, mnist.Train, null, recipe.GetSettings()).Network;
            double expected = Accuracy(network, originals);
            double asPng = Accuracy(network, png), asJpeg = Accuracy(network, jpeg);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{network} {network.Preprocessing}: {count} originals {expected:P2}, as PNG {asPng:P2}, as JPEG "
                    + $"{asJpeg:P2}");
            Assert.InRange(asPng, expected - allowed - slack, 1);
            Assert.InRange(asJpeg, expected - allowed - slack, 1);
        }
    }

    private static Network Start(Recipe recipe) =>
        Network.Create(recipe.GetHidden(), seed: 1, preprocessing: recipe.GetPreprocessing());

    private static DigitSet Drawn(DigitSet originals, Func<ColorImage, byte[]> encode)
    {
        var digits = new Digit[originals.Count * DigitDrawing.Variants];
        Parallel.For(0, digits.Length, i =>
        {
            Digit original = originals[i / DigitDrawing.Variants];
            byte[] file = encode(DigitDrawing.Draw(original, i % DigitDrawing.Variants));
            byte[] found = DigitFinder.Find(
                ImageFile.Read(new MemoryStream(file), "drawn"), Ink.Auto, false, "drawn", _ => { })[0];
            digits[i] = new Digit(i, original.Label, found, 28, 28);
        });
        return DigitSet.FromDigits(digits);
    }

    private static double Accuracy(Network network, DigitSet digits)
        => Predictor.Predict(network, digits).Average(prediction => prediction.IsCorrect == true ? 1.0 : 0.0);
}
