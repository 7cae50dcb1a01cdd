using System.Globalization;

namespace MnistNet.Cmdlets;

/// <summary>What each pixel contributed to an answer.</summary>
/// <param name="numbers">The contributions.</param>
public sealed class PixelNumbers(double[] numbers) : PixelList<double>(numbers)
{
    /// <summary>Reads their text; null where it is not one.</summary>
    internal static double[]? Parse(string text) => Parse(text, NumberStyles.Float);
}
