namespace MnistNet;

/// <summary>A colour of a screen.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    // xterm's palette from 16 on: a cube of six levels a channel, then 24 greys. The first 16 are the user's own.
    private const int CubeStart = 16, GreyStart = 232, GreyCount = 24;
    private static readonly byte[] s_cubeLevels = [0, 95, 135, 175, 215, 255];

    /// <summary>Such as <c>#ffa528</c>.</summary>
    public string Hex => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>The nearest of xterm's 256 colours.</summary>
    public int Nearest256
    {
        get
        {
            int r = CubeIndex(Red), g = CubeIndex(Green), b = CubeIndex(Blue);
            int grey = Math.Clamp((int)Math.Round((((Red + Green + Blue) / 3.0) - 8) / 10), 0, GreyCount - 1);
            byte level = (byte)(8 + (10 * grey));
            int toCube = Distance(s_cubeLevels[r], s_cubeLevels[g], s_cubeLevels[b]),
                toGrey = Distance(level, level, level);
            return toGrey < toCube ? GreyStart + grey : CubeStart + (36 * r) + (6 * g) + b;
        }
    }

    /// <summary>A colour on the way from one to another.</summary>
    /// <param name="from">Where the share is 0.</param>
    /// <param name="to">Where the share is 1.</param>
    /// <param name="share">0 to 1.</param>
    public static Rgb Mix(Rgb from, Rgb to, double share) => new(
        Between(from.Red, to.Red, share),
        Between(from.Green, to.Green, share),
        Between(from.Blue, to.Blue, share));

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));

    private static int CubeIndex(byte value)
    {
        int best = 0;
        for (int i = 1; i < s_cubeLevels.Length; i++)
        {
            best = Math.Abs(s_cubeLevels[i] - value) < Math.Abs(s_cubeLevels[best] - value) ? i : best;
        }

        return best;
    }

    private int Distance(int r, int g, int b)
        => ((Red - r) * (Red - r)) + ((Green - g) * (Green - g)) + ((Blue - b) * (Blue - b));
}
