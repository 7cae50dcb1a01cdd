using System.Collections.ObjectModel;
using System.Globalization;
using System.Numerics;

namespace MnistNet.Cmdlets;

/// <summary>
/// A number for each pixel of an image, row after row. As text they have a space between, and read back to the same
/// bits.
/// </summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
/// <param name="numbers">The numbers.</param>
public abstract class PixelList<T>(T[] numbers) : ReadOnlyCollection<T>(numbers)
    where T : struct, INumber<T>
{
    /// <summary>The number of pixels, as an array has it.</summary>
    public int Length => Count;

    /// <summary>Such as <c>0 0 12 255 …</c>, all of them.</summary>
    public override string ToString()
        => string.Join(' ', this.Select(number => number.ToString(null, CultureInfo.InvariantCulture)));

    /// <summary>Reads such a text; null where it is not one.</summary>
    private protected static T[]? Parse(string text, NumberStyles style)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new T[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!T.TryParse(words[i], style, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
