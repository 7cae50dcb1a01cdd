namespace MnistNet;

/// <summary>A rectangle of pixels; right and bottom are the first outside of it.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>The smallest box around all grey levels but 0; an empty one where there are none.</summary>
    /// <param name="levels">Grey levels, row after row.</param>
    /// <param name="columns">The width of the image.</param>
    public static PixelBox Around(ReadOnlySpan<byte> levels, int columns)
    {
        int first = levels.IndexOfAnyExcept((byte)0);
        if (first < 0)
        {
            return default;
        }

        int top = first / columns, bottom = (levels.LastIndexOfAnyExcept((byte)0) / columns) + 1;
        int left = columns, right = 0;
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> row = levels.Slice(y * columns, columns);
            int start = row.IndexOfAnyExcept((byte)0);
            left = start < 0 ? left : Math.Min(left, start);
            right = Math.Max(right, row.LastIndexOfAnyExcept((byte)0) + 1);
        }

        return new PixelBox(left, top, right, bottom);
    }

    /// <summary>The smallest box around two.</summary>
    public PixelBox With(PixelBox other) => new(
        Math.Min(Left, other.Left),
        Math.Min(Top, other.Top),
        Math.Max(Right, other.Right),
        Math.Max(Bottom, other.Bottom));

    /// <summary>How many columns two boxes have in common; below zero, the columns between them.</summary>
    public int SharedColumns(PixelBox other) => Math.Min(Right, other.Right) - Math.Max(Left, other.Left);

    /// <summary>How many rows two boxes have in common; below zero, the rows between them.</summary>
    public int SharedRows(PixelBox other) => Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);

    /// <summary>The pixels between two boxes, the longer of across and down; 0 when they touch or overlap.</summary>
    public int Gap(PixelBox other) => Math.Max(0, Math.Max(-SharedColumns(other), -SharedRows(other)));
}
