namespace MnistNet;

/// <summary>Draws pictures as PNG images, a pixel a cell: the smallest form of many pictures on one page.</summary>
internal static class PicturePng
{
    /// <summary>Colours of numbers are rounded to this many steps from nothing to the strongest.</summary>
    private const int Steps = 16;

    private const int LargestPalette = 256;

    /// <summary>A picture, without its caption, as the content of a PNG file.</summary>
    public static byte[] Draw(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var colors = new Rgb[picture.Rows * picture.Columns];
        var places = new Dictionary<Rgb, byte>();
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = picture.ColorAt(
                i / picture.Columns, i % picture.Columns, picture.Kind == PictureKind.Ink ? null : Steps);
            if (places.Count <= LargestPalette)
            {
                places.TryAdd(colors[i], (byte)places.Count);
            }
        }

        using var stream = new MemoryStream();
        if (picture.Kind == PictureKind.Ink)
        {
            byte[] greys = Array.ConvertAll(colors, color => color.Red);
            PngWriter.Write(stream, picture.Columns, picture.Rows, PngColor.Grey, [], greys);
        }
        else if (places.Count <= LargestPalette)
        {
            byte[] indexes = Array.ConvertAll(colors, color => places[color]);
            PngWriter.Write(stream, picture.Columns, picture.Rows, PngColor.Palette, Bytes(places.Keys), indexes);
        }
        else
        {
            PngWriter.Write(stream, picture.Columns, picture.Rows, PngColor.Rgb, [], Bytes(colors));
        }

        return stream.ToArray();
    }

    private static byte[] Bytes(IEnumerable<Rgb> colors)
        => [.. colors.SelectMany(color => new[] { color.Red, color.Green, color.Blue })];
}
