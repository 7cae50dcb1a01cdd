using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>The grey levels of a digit, 0 to 255.</summary>
/// <param name="levels">The grey levels.</param>
public sealed class GreyLevels(byte[] levels) : PixelList<byte>(levels)
{
    /// <summary>Reads their text; null where it is not one.</summary>
    internal static byte[]? Parse(string text) => Parse(text, NumberStyles.None);
}
