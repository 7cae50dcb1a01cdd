using System.Collections.ObjectModel;
using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>
/// The grey levels of a digit, 0 to 255, row after row. As text they are numbers with a space between.
/// </summary>
/// <param name="levels">The grey levels.</param>
public sealed class GreyLevels(byte[] levels) : ReadOnlyCollection<byte>(levels)
{
    /// <summary>The number of pixels, as an array has it.</summary>
    public int Length => Count;

    /// <summary>Such as <c>0 0 12 255 …</c>, all of them.</summary>
    public override string ToString()
        => string.Join(' ', this.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Reads such a text; null where it is not one.</summary>
    internal static byte[]? Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var levels = new byte[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!byte.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out levels[i]))
            {
                return null;
            }
        }

        return levels;
    }
}
