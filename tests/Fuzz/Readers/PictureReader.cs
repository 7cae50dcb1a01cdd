using StbImageSharp;

namespace MnistNet.Fuzz;

/// <summary>What the readers of pictures have in common: digits are looked for in what was read.</summary>
internal abstract class PictureReader : FuzzReader
{
    /// <summary>The digits are looked for in memory of its own, a few bytes a pixel.</summary>
    public override long MemoryLimit => 64 << 20;

    public override void Read(byte[] file)
    {
        int before = StbImage.NativeAllocations;
        try
        {
            GreyImage image = ImageFile.Read(new MemoryStream(file), "fuzz");
            Require.That(image.Levels.Length == image.Width * image.Height, "there is a level for each pixel");
            foreach (byte[] digit in DigitFinder.Find(image, Ink.Auto, multiple: true, "fuzz", _ => { }))
            {
                Require.That(digit.Length == 784 && digit.Max() == 255,
                    "a digit has 28×28 levels, the highest of them 255");
            }
        }
        finally
        {
            Require.That(StbImage.NativeAllocations == before, "the decoder gave back its memory");
        }
    }

    /// <summary>A dark stroke on light paper, in small.</summary>
    private protected static GreyImage Drawn(int width, int height)
    {
        var image = new GreyImage(width, height, new byte[width * height]);
        image.Levels.AsSpan().Fill(230);
        for (int y = height / 4; y < 3 * height / 4; y++)
        {
            image.Row(y).Slice((width / 3) + (y % 3), Math.Max(1, width / 6)).Fill(30);
        }

        return image;
    }
}
