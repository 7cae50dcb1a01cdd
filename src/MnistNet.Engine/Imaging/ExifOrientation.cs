using System.Buffers.Binary;

namespace MnistNet;

/// <summary>
/// How a camera was held, which it notes beside the picture instead of turning the picture (EXIF 2.32, tag
/// Orientation).
/// </summary>
internal static class ExifOrientation
{
    /// <summary>The orientation of a picture that lies as it is to be seen.</summary>
    public const int Upright = 1;

    private const ushort Tag = 0x0112;

    /// <summary>The orientation, 1 to 8; 1 when nothing sensible is told.</summary>
    /// <param name="tiff">The notes, in the form of a TIFF file.</param>
    public static int Parse(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return Upright;
        }

        bool little = tiff[0] == (byte)'I';
        uint directory =
            little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
                : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        ReadOnlySpan<byte> entries = tiff[(int)directory..];
        int count = Number(entries);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (Number(entries) == Tag)
            {
                int orientation = Number(entries[8..]);
                return orientation is >= 1 and <= 8 ? orientation : Upright;
            }
        }

        return Upright;

        int Number(ReadOnlySpan<byte> bytes)
            => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>The picture as it is to be seen.</summary>
    /// <param name="image">The picture as it was taken.</param>
    /// <param name="orientation">1 to 8.</param>
    public static GreyImage Apply(GreyImage image, int orientation)
    {
        if (orientation == Upright)
        {
            return image;
        }

        // From 5 on, rows become columns. The others are mirrored; which of their ends comes first differs.
        (int lastX, int lastY) = (image.Width - 1, image.Height - 1);
        Func<int, int, (int X, int Y)> source = orientation switch
        {
            2 => (x, y) => (lastX - x, y),
            3 => (x, y) => (lastX - x, lastY - y),
            4 => (x, y) => (x, lastY - y),
            5 => (x, y) => (y, x),
            6 => (x, y) => (y, lastY - x),
            7 => (x, y) => (lastX - y, lastY - x),
            8 => (x, y) => (lastX - y, x),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, null),
        };
        bool turned = orientation >= 5;
        (int width, int height) = turned ? (image.Height, image.Width) : (image.Width, image.Height);
        var seen = new GreyImage(width, height, new byte[image.Levels.Length]);

        // A row of the result is a row or a column of the picture, walked at an even pace.
        for (int y = 0; y < height; y++)
        {
            (int startX, int startY) = source(0, y);
            (int nextX, int nextY) = source(1, y);
            int position = (startY * image.Width) + startX, step = ((nextY - startY) * image.Width) + nextX - startX;
            foreach (ref byte level in seen.Row(y))
            {
                level = image.Levels[position];
                position += step;
            }
        }

        return seen;
    }
}
