using static System.FormattableString;

namespace MnistNet;

/// <summary>A digit cut out of a picture.</summary>
/// <param name="Levels">784 grey levels, framed as MNIST frames them.</param>
internal sealed record FoundDigit(byte[] Levels);

/// <summary>Finds handwritten digits in a picture and frames each as MNIST's are.</summary>
internal sealed class DigitFinder
{
    private readonly string _path;
    private readonly Action<string> _say;
    private readonly InkMap _map;
    private readonly InkStrokes _strokes;

    private DigitFinder(string path, Action<string> say, InkMap map)
    {
        _path = path;
        _say = say;
        _map = map;
        _strokes = InkStrokes.Find(map);
    }

    /// <summary>Finds one digit, or all.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="ink">Which side of it is ink.</param>
    /// <param name="multiple">Whether it holds several digits.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="say">Is told what was decided.</param>
    /// <returns>The digits, line by line, each from left to right.</returns>
    /// <exception cref="DataFormatException">There is no digit, or there are several where one was expected.</exception>
    public static IReadOnlyList<FoundDigit> Find(GreyImage image, Ink ink, bool multiple, string path, Action<string> say)
    {
        bool dark = ink switch
        {
            Ink.Auto => InkSide.IsDark(image),
            Ink.Dark => true,
            Ink.Light => false,
            _ => throw new ArgumentOutOfRangeException(nameof(ink), ink, null),
        };
        InkMap map = InkMap.Of(dark ? image : image.Invert());
        say(Invariant($"the ink is {(dark ? "dark on light" : "light on dark")}{(ink == Ink.Auto ? ", told from the border" : "")}; ")
            + Invariant($"contrast of ink {map.Full} of 255, of paper {map.Paper}, edges from {map.Edge} on"));
        var finder = new DigitFinder(path, say, map);
        if (map.Full == 0 || finder._strokes.All.Count == 0)
        {
            throw new DataFormatException("NoInk", path, "no ink was found: the picture is one even grey, nearly. Write darker, or take the picture closer.");
        }

        return [finder.Frame(finder._strokes.All)];
    }

    private FoundDigit Frame(IReadOnlyList<InkStroke> strokes)
    {
        PixelBox box = strokes.Select(stroke => stroke.Box).Aggregate((a, b) => a.With(b));
        var labels = strokes.Select(stroke => stroke.Label).ToHashSet();
        var ink = new float[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            for (int x = 0; x < box.Width; x++)
            {
                int i = ((box.Top + y) * _map.Width) + box.Left + x;
                if (_strokes.Labels[i] > 0 && labels.Contains(_strokes.Labels[i]))
                {
                    ink[(y * box.Width) + x] = Math.Clamp((float)(_map.Contrast[i] - _map.Paper) / (_map.Full - _map.Paper), 0, 1);
                }
            }
        }

        var levels = new byte[DigitFraming.PixelCount];
        DigitFraming.TryFrame(ink, box.Height, box.Width, levels);
        return new FoundDigit(levels);
    }
}
