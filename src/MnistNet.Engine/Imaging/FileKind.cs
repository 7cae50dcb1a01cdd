namespace MnistNet;

/// <summary>What a file is that is not a picture this module reads, told by its first bytes.</summary>
internal static class FileKind
{
    /// <summary>Such as <c>it is a HEIC photo, as iPhones take them</c>.</summary>
    /// <param name="magic">The file's first bytes, twelve at most.</param>
    public static string Of(ReadOnlySpan<byte> magic)
    {
        if (magic.Length >= 12 && magic[4..8].SequenceEqual("ftyp"u8))
        {
            return IsoMedia(magic[8..12]);
        }

        if (magic.Length >= 12 && magic.StartsWith("RIFF"u8) && magic[8..12].SequenceEqual("WEBP"u8))
        {
            return "it is a WebP picture";
        }

        return magic switch
        {
            _ when magic.StartsWith("GIF8"u8) => "it is a GIF",
            _ when magic.StartsWith("II*\0"u8) || magic.StartsWith("MM\0*"u8) =>
                "it is a TIFF, or a camera's raw picture",
            _ when magic.StartsWith("\0\0\x1\0"u8) => "it is an icon",
            _ when magic.StartsWith("8BPS"u8) => "it is a Photoshop document",
            _ when magic.StartsWith("%PDF"u8) => "it is a PDF document",
            _ when magic.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) => "it is a JPEG XL picture",
            _ when magic.StartsWith(
                (ReadOnlySpan<byte>)[0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', (byte)' ']) =>
                    "it is a JPEG XL picture",
            _ when magic.StartsWith(
                (ReadOnlySpan<byte>)[0, 0, 0, 0x0C, (byte)'j', (byte)'P', (byte)' ', (byte)' ']) =>
                    "it is a JPEG 2000 picture",
            _ when magic.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => "it is compressed with gzip",
            _ when magic.StartsWith("PK\x3\x4"u8) => "it is a zip archive",
            _ when magic.StartsWith("P5"u8) || magic.StartsWith("P6"u8) || magic.StartsWith("P4"u8) =>
                "it is a portable anymap",
            _ when IsText(magic) => "it is text",
            _ => "its first bytes are those of no picture",
        };
    }

    private static string IsoMedia(ReadOnlySpan<byte> brand) => brand switch
    {
        _ when brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8)
            || brand.SequenceEqual("msf1"u8)
            => "it is a HEIC photo, as iPhones take them (their setting Camera, Formats, Most Compatible takes JPEG)",
        _ when brand.StartsWith("avi"u8) => "it is an AVIF picture",
        _ => "it is a film",
    };

    private static bool IsText(ReadOnlySpan<byte> magic)
    {
        // The last three are the mark that some editors begin UTF-8 with.
        foreach (byte letter in magic)
        {
            if (letter is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF
                or 0xBB or 0xBF))
            {
                return false;
            }
        }

        return magic.Length > 0;
    }
}
