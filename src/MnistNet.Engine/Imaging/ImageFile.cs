using static System.FormattableString;

namespace MnistNet;

/// <summary>Reads picture files. Their first bytes tell the format, never their name.</summary>
internal static class ImageFile
{
    private const int MagicLength = 12;

    /// <summary>Reads a picture as grey levels.</summary>
    /// <exception cref="DataFormatException">The file is not a picture that can be read; the message says what it
    /// is.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GreyImage Load(string path)
    {
        // Pipes and devices have no length either; opening a pipe would wait for someone to write to it.
        var info = new FileInfo(path);
        if ((info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
        {
            throw new DataFormatException("ImageEmpty", path,
                "the file is empty; a picture in PNG, JPEG or BMP is expected.");
        }

        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Read(stream, path);
    }

    /// <summary>Reads a picture from a stream that can be sought in.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="path">Its name, for messages.</param>
    public static GreyImage Read(Stream stream, string path)
    {
        Span<byte> magic = stackalloc byte[MagicLength];
        magic = magic[..stream.ReadAtLeast(magic, MagicLength, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (magic.StartsWith(PngChunk.Signature))
        {
            return PngReader.Read(stream, path);
        }

        if (magic.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return GuardedDecoder.ReadJpeg(stream, path);
        }

        if (magic.StartsWith("BM"u8))
        {
            return GuardedDecoder.ReadBmp(stream, path);
        }

        throw new DataFormatException("ImageFormatUnknown", path, Invariant(
            $"this is not a picture that can be read: {FileKind.Of(magic)}. Save it as PNG, JPEG or BMP."));
    }
}
