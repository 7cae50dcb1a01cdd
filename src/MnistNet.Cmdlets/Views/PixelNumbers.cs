using System.Collections.ObjectModel;
using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>
/// A number for each pixel of an image, row after row. As text they have a space between, and read back to the same
/// bits.
/// </summary>
/// <param name="numbers">The numbers.</param>
public sealed class PixelNumbers(double[] numbers) : ReadOnlyCollection<double>(numbers)
{
    /// <summary>The number of pixels, as an array has it.</summary>
    public int Length => Count;

    /// <summary>Such as <c>0 0 -0.25 1.5 …</c>, all of them.</summary>
    public override string ToString()
        => string.Join(' ', this.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads such a text; null where it is not one.</summary>
    internal static double[]? Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
