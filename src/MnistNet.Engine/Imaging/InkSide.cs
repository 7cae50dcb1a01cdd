namespace MnistNet;

/// <summary>Decides which side of a picture is ink: the one that stands out from what its border shows.</summary>
internal static class InkSide
{
    /// <summary>
    /// The share of the pixels that stand out most: ink of a small digit on a large sheet is not much more.
    /// </summary>
    private const double Tail = 0.002;

    /// <summary>Whether the ink is darker than the paper.</summary>
    public static bool IsDark(GreyImage image)
    {
        Plane paper = Plane.ThroughBorder(image);
        var histogram = new int[1024];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                histogram[Math.Clamp((int)(row[x] - paper.At(x, y)) + 512, 0, histogram.Length - 1)]++;
            }
        }

        int tail = Math.Max(1, (int)(image.Levels.Length * Tail));
        int darkest = FirstAbove(histogram, tail);
        int lightest = histogram.Length - 1 - FirstAbove(histogram.Reverse(), tail);
        return 512 - darkest >= lightest - 512;
    }

    private static int FirstAbove(IEnumerable<int> histogram, int count)
    {
        int position = 0, sum = 0;
        foreach (int pixels in histogram)
        {
            sum += pixels;
            if (sum >= count)
            {
                break;
            }

            position++;
        }

        return position;
    }

    /// <summary>A level that changes evenly over the picture.</summary>
    private readonly record struct Plane(double Level, double SlopeX, double SlopeY)
    {
        public double At(int x, int y) => Level + (SlopeX * x) + (SlopeY * y);

        /// <summary>
        /// The plane through the pixels at the border, by least squares; pixels that lie farther from it than most do,
        /// such as a digit that reaches the border, are left out in the following rounds.
        /// </summary>
        public static Plane ThroughBorder(GreyImage image)
        {
            (int X, int Y)[] border = [.. Border(image)];
            var levels = border.Select(p => image.Levels[(p.Y * image.Width) + p.X]).Order().ToArray();
            var plane = new Plane(levels[levels.Length / 2], 0, 0);
            for (int round = 0; round < 4; round++)
            {
                double[] distances =
                    [.. border.Select(p => Math.Abs(image.Levels[(p.Y * image.Width) + p.X] - plane.At(p.X, p.Y)))];
                double reach = Math.Max(4, 2.5 * distances.Order().ElementAt(distances.Length / 2));
                plane = Fit(image, border.Where((_, i) => distances[i] <= reach));
            }

            return plane;
        }

        private static IEnumerable<(int X, int Y)> Border(GreyImage image)
        {
            int depth = Math.Max(1, Math.Min(image.Width, image.Height) / 32);
            for (int y = 0; y < image.Height; y++)
            {
                bool whole = y < depth || y >= image.Height - depth;
                for (int x = 0; x < image.Width; x++)
                {
                    if (whole || x < depth || x >= image.Width - depth)
                    {
                        yield return (x, y);
                    }
                }
            }
        }

        private static Plane Fit(GreyImage image, IEnumerable<(int X, int Y)> points)
        {
            double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0, sl = 0, sxl = 0, syl = 0;
            foreach ((int x, int y) in points)
            {
                double level = image.Levels[(y * image.Width) + x];
                n++;
                sx += x;
                sy += y;
                sxx += (double)x * x;
                sxy += (double)x * y;
                syy += (double)y * y;
                sl += level;
                sxl += x * level;
                syl += y * level;
            }

            double vxx = sxx - (sx * sx / n), vxy = sxy - (sx * sy / n), vyy = syy - (sy * sy / n);
            double vxl = sxl - (sx * sl / n), vyl = syl - (sy * sl / n), determinant = (vxx * vyy) - (vxy * vxy);
            if (!(determinant > 1e-6 * vxx * vyy))
            {
                return new Plane(sl / n, 0, 0);
            }

            double slopeX = ((vyy * vxl) - (vxy * vyl)) / determinant;
            double slopeY = ((vxx * vyl) - (vxy * vxl)) / determinant;
            return new Plane((sl - (slopeX * sx) - (slopeY * sy)) / n, slopeX, slopeY);
        }
    }
}
