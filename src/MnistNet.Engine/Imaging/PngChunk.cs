namespace MnistNet;

/// <summary>What a PNG's pixels consist of (PNG specification, 11.2.1).</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>How a row was foretold from its neighbours (PNG specification, 9.2).</summary>
internal enum PngFilter : byte
{
    None = 0,
    Sub = 1,
    Up = 2,
    Average = 3,
    Paeth = 4,
}

/// <summary>The head of a piece of a PNG file.</summary>
/// <param name="Type">Four letters, such as <c>IDAT</c>.</param>
/// <param name="Length">The number of bytes of its data.</param>
internal readonly record struct PngChunk(string Type, int Length)
{
    /// <summary>The first eight bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a reader that does not know the chunk may go on without it.</summary>
    public bool IsAncillary => char.IsAsciiLetterLower(Type[0]);
}
