using MathNet.Numerics.LinearAlgebra.Double;

namespace MnistNet;

/// <summary>X and Y of the formulas, made of a set of digits.</summary>
internal static class DigitMatrices
{
    /// <summary>Pixels × images: each image a column, its grey levels divided by 255.</summary>
    public static Matrix X(DigitSet set)
    {
        RequireDigits(set, "X");
        ReadOnlySpan<byte> pixels = set.Pixels;
        if (pixels.Length > Array.MaxLength)
        {
            throw new SettingException(
                "Data",
                $"X of {set.Name} would be {set.PixelCount}×{set.Count:N0} float64 numbers, "
                    + $"{pixels.Length * 8L / 1e9:N1} GB. "
                + $"Take fewer images, 1,000 for example.",
                "BatchTooLarge");
        }

        var x = new DenseMatrix(set.PixelCount, set.Count);
        double[] values = x.Values, normalised = [.. Enumerable.Range(0, 256).Select(grey => grey / 255.0)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = normalised[pixels[i]];
        }

        return new Matrix(x, "X");
    }

    /// <summary>Classes × images, one-hot: a 1 in the row of the label and 0 elsewhere.</summary>
    public static Matrix Y(DigitSet set)
    {
        set.RequireLabels();
        RequireDigits(set, "Y");
        var y = new DenseMatrix(DigitSet.ClassCount, set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            y.Values[(i * DigitSet.ClassCount) + set.Labels[i]] = 1;
        }

        return new Matrix(y, "Y");
    }

    private static void RequireDigits(DigitSet set, string symbol)
    {
        if (set.Count == 0)
        {
            throw new ShapeException($"{set.Name} is empty: {symbol} needs at least one image.", "EmptyBatch");
        }
    }
}
