namespace MnistNet;

/// <summary>Grey morphology with square windows, in a time that does not depend on their size.</summary>
internal static class Morphology
{
    /// <summary>
    /// The closing: what a picture looks like with every dark feature filled up that is narrower than the window
    /// (J. Serra, "Image Analysis and Mathematical Morphology", 1982). Edges of broad shadows stay where they are.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="radius">The window has 2·radius + 1 pixels a side.</param>
    public static GreyImage Close(GreyImage image, int radius)
    {
        // The lowest of the highest is the highest of the lowest of the negative.
        GreyImage highest = Highest(image, radius);
        return Highest(highest.Invert(), radius).Invert();
    }

    /// <summary>The highest level in the window around each pixel; outside the picture there is nothing.</summary>
    private static GreyImage Highest(GreyImage image, int radius)
    {
        int width = image.Width, height = image.Height;
        var across = new GreyImage(width, height, new byte[image.Levels.Length]);
        var line = new RunningHighest(Math.Max(width, height), radius);
        for (int y = 0; y < height; y++)
        {
            line.Filter(image.Row(y), across.Row(y));
        }

        var result = new GreyImage(width, height, new byte[image.Levels.Length]);
        byte[] column = new byte[height], filtered = new byte[height];
        for (int x = 0; x < width; x++)
        {
            for (int y = 0; y < height; y++)
            {
                column[y] = across.Levels[(y * width) + x];
            }

            line.Filter(column, filtered);
            for (int y = 0; y < height; y++)
            {
                result.Levels[(y * width) + x] = filtered[y];
            }
        }

        return result;
    }

    /// <summary>
    /// The highest of each window of a line, with two running maxima a block (M. van Herk, 1992; J. Gil and M. Werman,
    /// 1993).
    /// </summary>
    private sealed class RunningHighest
    {
        private readonly int _radius;
        private readonly byte[] _line, _fromLeft, _fromRight;

        public RunningHighest(int longest, int radius)
        {
            _radius = radius;
            _line = new byte[longest + (2 * radius)];
            _fromLeft = new byte[_line.Length];
            _fromRight = new byte[_line.Length];
        }

        public void Filter(ReadOnlySpan<byte> levels, Span<byte> highest)
        {
            int window = (2 * _radius) + 1, length = levels.Length + (2 * _radius);
            Span<byte> line = _line.AsSpan(0, length);
            line.Clear();
            levels.CopyTo(line[_radius..]);
            for (int i = 0; i < length; i++)
            {
                _fromLeft[i] = i % window == 0 ? line[i] : Math.Max(_fromLeft[i - 1], line[i]);
            }

            for (int i = length - 1; i >= 0; i--)
            {
                _fromRight[i] = i == length - 1 || (i + 1) % window == 0 ? line[i] : Math.Max(
                    _fromRight[i + 1], line[i]);
            }

            for (int i = 0; i < highest.Length; i++)
            {
                highest[i] = Math.Max(_fromRight[i], _fromLeft[i + window - 1]);
            }
        }
    }
}
