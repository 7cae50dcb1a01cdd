using System.Globalization;
using System.Text;

namespace MnistNet;

/// <summary>
/// Writes the table of Kaggle's "Digit Recognizer": a header <c>label,pixel0,…,pixel783</c> and a row a digit; without
/// the label when it is not known.
/// </summary>
internal static class KaggleCsvWriter
{
    private const int Side = 28;

    /// <summary>Each grey level with the comma before it.</summary>
    private static readonly byte[][] s_levels =
    [
        .. Enumerable.Range(0, 256)
            .Select(level => Encoding.ASCII.GetBytes("," + level.ToString(CultureInfo.InvariantCulture))),
    ];

    /// <summary>Throws unless the digits have the size that such a table has columns for.</summary>
    /// <exception cref="ShapeException">They have another.</exception>
    internal static void RequireSize(DigitSet digits)
    {
        if (digits.Rows != Side || digits.Columns != Side)
        {
            throw new ShapeException(
                $"The digits are {digits.Rows}×{digits.Columns}; Kaggle's table holds {Side}×{Side} pixels. "
                    + "Save others as Npz or Idx.");
        }
    }

    /// <summary>Writes a table.</summary>
    internal static void Write(Stream stream, DigitSet digits)
    {
        string[] names = [.. Enumerable.Range(0, Side * Side).Select(pixel => $"pixel{pixel}")];
        stream.Write(Encoding.ASCII.GetBytes((digits.IsLabeled ? "label," : "") + string.Join(',', names) + "\n"));
        var row = new byte[(4 * digits.PixelCount) + 2];
        for (int i = 0; i < digits.Count; i++)
        {
            int length = 0;
            if (digits.IsLabeled)
            {
                row[length++] = (byte)('0' + digits.Labels[i]);
            }

            foreach (byte level in digits.Pixels.Slice(i * digits.PixelCount, digits.PixelCount))
            {
                s_levels[level].CopyTo(row, length);
                length += s_levels[level].Length;
            }

            row[length++] = (byte)'\n';

            // The first value of a row has no comma before it.
            stream.Write(row.AsSpan(0, length)[(digits.IsLabeled ? 0 : 1)..]);
        }
    }
}
