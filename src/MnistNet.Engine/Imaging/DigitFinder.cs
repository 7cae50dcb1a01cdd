using static System.FormattableString;

namespace MnistNet;

/// <summary>Finds handwritten digits in a picture and frames each as MNIST's are.</summary>
internal sealed class DigitFinder
{
    /// <summary>
    /// How much of a large picture's softness is taken away before it shrinks: MNIST's strokes were black or white
    /// before they were shrunk, and a network that learned them reads soft ones worse.
    /// </summary>
    private const float Sharpening = 0.6f;

    /// <summary>The side of ink is told from no more than this many pixels a side.</summary>
    private const int LongestBorder = 512;

    private readonly InkMap _map;
    private readonly InkStrokes _strokes;

    private DigitFinder(InkMap map)
    {
        _map = map;
        _strokes = InkStrokes.Find(map);
    }

    /// <summary>Finds one digit, or all.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="ink">Which side of it is ink.</param>
    /// <param name="multiple">Whether it holds several digits.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="say">Is told what was decided.</param>
    /// <returns>784 grey levels a digit; line by line, each from left to right.</returns>
    /// <exception cref="DataFormatException">There is no digit, or there are several where one was
    /// expected.</exception>
    public static IReadOnlyList<byte[]> Find(GreyImage image, Ink ink, bool multiple, string path, Action<string> say)
    {
        bool dark = ink switch
        {
            // In small: the border of a photo alone has millions of pixels.
            Ink.Auto => InkSide.IsDark(Resampling.Shrink(image, Resampling.FactorFor(image, LongestBorder))),
            Ink.Dark => true,
            Ink.Light => false,
            _ => throw new ArgumentOutOfRangeException(nameof(ink), ink, null),
        };
        InkMap map = InkMap.Of(dark ? image : image.Invert());
        say(Invariant($"{image.Width} × {image.Height} pixels; the ink is {(dark ? "dark on light" : "light on dark")}")
            + (ink == Ink.Auto ? ", told from the border" : ""));
        if (map.Full == 0)
        {
            throw new DataFormatException("NoInk", path,
                "no ink was found: the picture is one even grey, or nearly so. "
                + "Write with a darker pen, or take the picture from nearer and in better light.");
        }

        say(Invariant($"ink stands {map.Full - map.Paper} of 255 levels above the paper; ")
            + Invariant($"a stroke ends below {map.Edge - map.Paper}"));
        var finder = new DigitFinder(map);
        IReadOnlyList<StrokeGroup> digits = StrokeGroups.Gather(finder._strokes.All, map, multiple, path, say);
        return [.. digits.Select(finder.Frame)];
    }

    private byte[] Frame(StrokeGroup digit)
    {
        PixelBox box = digit.Box;
        HashSet<int> labels = [.. digit.Strokes.Select(stroke => stroke.Label)];
        float pixelsPerPixel = (float)Math.Max(box.Width, box.Height) / DigitFraming.BoxSide;
        float steepness = 1 + (Sharpening * Math.Max(0, pixelsPerPixel - 1)), full = _map.Full - _map.Paper;
        var ink = new float[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            for (int x = 0; x < box.Width; x++)
            {
                int i = ((box.Top + y) * _map.Width) + box.Left + x;
                if (_strokes.Labels[i] > 0 && labels.Contains(_strokes.Labels[i]))
                {
                    float share = Math.Clamp((_map.Contrast[i] - _map.Paper) / full, 0, 1);
                    ink[(y * box.Width) + x] = Math.Clamp(0.5f + (steepness * (share - 0.5f)), 0, 1);
                }
            }
        }

        var levels = new byte[DigitFraming.PixelCount];
        DigitFraming.TryFrame(ink, box.Height, box.Width, levels);
        return levels;
    }
}
