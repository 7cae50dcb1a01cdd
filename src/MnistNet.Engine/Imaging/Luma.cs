namespace MnistNet;

/// <summary>From colours to grey.</summary>
internal static class Luma
{
    /// <summary>
    /// The grey of a colour by ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, in fixed point with 16 bits behind the point:
    /// the same whole numbers as common libraries use, so that they agree to the bit.
    /// </summary>
    public static byte Of(int red, int green, int blue) =>
        (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 0x8000) >> 16);

    /// <summary>What a grey that covers only in part looks like on white paper.</summary>
    /// <param name="grey">The grey level.</param>
    /// <param name="alpha">How far it covers: 0 not at all, 255 wholly.</param>
    public static byte OnWhite(int grey, int alpha) => (byte)(((grey * alpha) + (255 * (255 - alpha)) + 127) / 255);
}
