namespace MnistNet;

/// <summary>A picture in grey levels, row after row: 0 is black and 255 is white.</summary>
internal sealed class GreyImage
{
    /// <summary>Takes over the levels.</summary>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <param name="levels">width × height grey levels.</param>
    public GreyImage(int width, int height, byte[] levels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(levels.LongLength, (long)width * height);
        Width = width;
        Height = height;
        Levels = levels;
    }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; }

    /// <summary>The grey levels, row after row.</summary>
    public byte[] Levels { get; }

    /// <summary>The grey levels of one row.</summary>
    public Span<byte> Row(int y) => Levels.AsSpan(y * Width, Width);

    /// <summary>The picture with black and white exchanged.</summary>
    public GreyImage Invert() => new(Width, Height, Array.ConvertAll(Levels, level => (byte)(255 - level)));

    /// <summary>Each pixel as a square of several.</summary>
    /// <param name="scale">The side of the square, at least 1.</param>
    public GreyImage Enlarge(int scale)
    {
        var large = new GreyImage(Width * scale, Height * scale, new byte[Levels.Length * scale * scale]);
        for (int y = 0; y < large.Height; y++)
        {
            Span<byte> row = large.Row(y);
            if (y % scale > 0)
            {
                large.Row(y - 1).CopyTo(row);
                continue;
            }

            ReadOnlySpan<byte> source = Row(y / scale);
            for (int x = 0; x < source.Length; x++)
            {
                row.Slice(x * scale, scale).Fill(source[x]);
            }
        }

        return large;
    }

    /// <summary>Pictures of one size side by side, row after row, on black.</summary>
    /// <param name="images">The pictures, at least one.</param>
    /// <param name="columns">The number of pictures in a row of the sheet; a sheet of fewer is as wide as they
    /// are.</param>
    public static GreyImage Sheet(IReadOnlyList<GreyImage> images, int columns)
    {
        columns = Math.Min(columns, images.Count);
        int width = images[0].Width, height = images[0].Height, rows = (images.Count + columns - 1) / columns;
        var sheet = new GreyImage(width * columns, height * rows, new byte[width * columns * height * rows]);
        for (int i = 0; i < images.Count; i++)
        {
            for (int y = 0; y < height; y++)
            {
                images[i].Row(y).CopyTo(sheet.Row((i / columns * height) + y)[(i % columns * width)..]);
            }
        }

        return sheet;
    }
}
