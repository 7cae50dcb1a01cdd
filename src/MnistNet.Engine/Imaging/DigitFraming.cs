namespace MnistNet;

/// <summary>
/// Frames ink as MNIST frames it: scaled into a box of 20×20 pixels with its proportions kept, then moved by whole
/// pixels until its centre of mass is at pixel (14, 14) of 28×28 (Y. LeCun, C. Cortes and C. Burges, "The MNIST
/// database").
/// </summary>
internal static class DigitFraming
{
    /// <summary>The side of a framed image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The side of the box that the ink fits.</summary>
    public const int BoxSide = 20;

    /// <summary>The number of pixels of a framed image.</summary>
    public const int PixelCount = Side * Side;

    /// <summary>
    /// The pixel, counted from 0, that the centre of mass comes to lie in. In MNIST it is 14, half a pixel right of the
    /// middle.
    /// </summary>
    private const int Centre = 14;

    /// <summary>Frames an image of any size.</summary>
    /// <param name="ink">rows × columns amounts of ink, row after row; 0 is background. The highest becomes grey level
    /// 255.</param>
    /// <param name="rows">The height of the image.</param>
    /// <param name="columns">The width of the image.</param>
    /// <param name="image">Receives 784 grey levels.</param>
    /// <returns>False when there is no ink at all; the framed image is empty then.</returns>
    public static bool TryFrame(ReadOnlySpan<float> ink, int rows, int columns, Span<byte> image)
    {
        int top = rows, bottom = -1, left = columns, right = -1;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<float> row = ink.Slice(y * columns, columns);
            int first = row.IndexOfAnyExcept(0f);
            if (first >= 0)
            {
                top = Math.Min(top, y);
                bottom = y;
                left = Math.Min(left, first);
                right = Math.Max(right, row.LastIndexOfAnyExcept(0f));
            }
        }

        if (bottom < 0)
        {
            image[..PixelCount].Clear();
            return false;
        }

        int height = bottom - top + 1, width = right - left + 1, longest = Math.Max(height, width);
        int boxRows = Math.Max(1, ((height * BoxSide) + (longest / 2)) / longest);
        int boxColumns = Math.Max(1, ((width * BoxSide) + (longest / 2)) / longest);
        Span<float> box = stackalloc float[BoxSide * BoxSide];
        for (int y = 0; y < boxRows; y++)
        {
            for (int x = 0; x < boxColumns; x++)
            {
                box[(y * boxColumns) + x] = MeanOfArea(
                    ink,
                    columns,
                    top + ((double)y * height / boxRows),
                    top + ((double)(y + 1) * height / boxRows),
                    left + ((double)x * width / boxColumns),
                    left + ((double)(x + 1) * width / boxColumns));
            }
        }

        return TryPlace(box, boxRows, boxColumns, boxColumns, image);
    }

    /// <summary>Places ink that fits the box already, and stretches its grey levels to 255.</summary>
    /// <param name="box">rows × stride amounts of ink, row after row; 0 is background.</param>
    /// <param name="rows">The height, 20 at most.</param>
    /// <param name="columns">The width, 20 at most.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="image">Receives 784 grey levels.</param>
    /// <returns>False when there is no ink at all; the image is empty then.</returns>
    public static bool TryPlace(ReadOnlySpan<float> box, int rows, int columns, int stride, Span<byte> image)
    {
        double sum = 0, sumX = 0, sumY = 0;
        float highest = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float ink = box[(y * stride) + x];
                sum += ink;
                sumX += ink * x;
                sumY += ink * y;
                highest = Math.Max(highest, ink);
            }
        }

        image[..PixelCount].Clear();
        if (!(highest > 0))
        {
            return false;
        }

        // Ink heavy at one end could push the other end out of the image: that end then stays at the edge.
        int left = Math.Clamp(Centre - (int)((sumX / sum) + 0.5), 0, Side - columns);
        int top = Math.Clamp(Centre - (int)((sumY / sum) + 0.5), 0, Side - rows);
        float scale = 255 / highest;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                image[((top + y) * Side) + left + x] = (byte)((box[(y * stride) + x] * scale) + 0.5f);
            }
        }

        return true;
    }

    /// <summary>The mean ink of a rectangle whose edges may cut through pixels.</summary>
    private static float MeanOfArea(
        ReadOnlySpan<float> ink, int columns, double top, double bottom, double left, double right)
    {
        double sum = 0;
        for (int y = (int)top; y < bottom; y++)
        {
            double share = Math.Min(y + 1, bottom) - Math.Max(y, top);
            for (int x = (int)left; x < right; x++)
            {
                sum += share * (Math.Min(x + 1, right) - Math.Max(x, left)) * ink[(y * columns) + x];
            }
        }

        return (float)(sum / ((bottom - top) * (right - left)));
    }
}
