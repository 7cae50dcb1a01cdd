namespace MnistNet;

/// <summary>Pictures in another size.</summary>
internal static class Resampling
{
    /// <summary>The smallest whole factor by which a picture must shrink to have no side longer than wanted.</summary>
    public static int FactorFor(GreyImage image, int longestSide)
        => Math.Max(1, (Math.Max(image.Width, image.Height) + longestSide - 1) / longestSide);

    /// <summary>Shrinks a picture by a whole factor: each new pixel is the mean of a square of old ones.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="factor">At least 1. What is left over at the right and below makes smaller rectangles.</param>
    public static GreyImage Shrink(GreyImage image, int factor)
    {
        if (factor == 1)
        {
            return image;
        }

        int width = (image.Width + factor - 1) / factor, height = (image.Height + factor - 1) / factor;
        var small = new GreyImage(width, height, new byte[width * height]);
        var sums = new int[width];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            int first = y * factor, rows = Math.Min(factor, image.Height - first);
            for (int row = first; row < first + rows; row++)
            {
                ReadOnlySpan<byte> levels = image.Row(row);
                for (int x = 0; x < width; x++)
                {
                    int sum = 0;
                    foreach (byte level in levels[(x * factor)..Math.Min(image.Width, (x + 1) * factor)])
                    {
                        sum += level;
                    }

                    sums[x] += sum;
                }
            }

            Span<byte> target = small.Row(y);
            for (int x = 0; x < width; x++)
            {
                int count = rows * Math.Min(factor, image.Width - (x * factor));
                target[x] = (byte)((sums[x] + (count / 2)) / count);
            }
        }

        return small;
    }

    /// <summary>Means over 3×3 pixels; fewer at the edges.</summary>
    public static GreyImage Soften(GreyImage image)
    {
        var soft = new GreyImage(image.Width, image.Height, new byte[image.Levels.Length]);
        var columns = new int[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            int top = Math.Max(0, y - 1), bottom = Math.Min(image.Height - 1, y + 1);
            Array.Clear(columns);
            for (int row = top; row <= bottom; row++)
            {
                ReadOnlySpan<byte> levels = image.Row(row);
                for (int x = 0; x < levels.Length; x++)
                {
                    columns[x] += levels[x];
                }
            }

            Span<byte> target = soft.Row(y);
            for (int x = 0; x < target.Length; x++)
            {
                int left = Math.Max(0, x - 1), right = Math.Min(image.Width - 1, x + 1), sum = 0;
                for (int i = left; i <= right; i++)
                {
                    sum += columns[i];
                }

                int count = (bottom - top + 1) * (right - left + 1);
                target[x] = (byte)((sum + (count / 2)) / count);
            }
        }

        return soft;
    }
}
