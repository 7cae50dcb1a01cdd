using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// Reads PNG of every colour type, depth and interlacing (ISO/IEC 15948) as grey levels. Transparent pixels lie on
/// white paper; of 16 bits a sample the upper 8 are kept. Of an animated PNG the still image is read.
/// </summary>
/// <remarks>
/// The file is taken for hostile: no memory is taken but the picture's own and two rows, every checksum is verified,
/// and pixels are decompressed row by row until the picture is full.
/// </remarks>
internal sealed class PngReader
{
    // The first pixel of each of Adam7's passes, and the steps to the next (PNG specification, 8.2).
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The longest EXIF notes that are looked into, as in JPEG.</summary>
    private const int MaximumNotes = 1 << 16;

    // Deflate's own limit: 258 bytes out of two bits in (zlib, "Technical Details": 1032:1).
    private const long MaximumDeflateRatio = 1032;

    private readonly string _path;
    private readonly PngChunks _chunks;
    private int _width, _height, _depth;
    private PngColor _color;
    private bool _interlaced;
    private int _orientation = ExifOrientation.Upright;

    /// <summary>Of a palette: the grey level of each entry on white paper.</summary>
    private byte[] _palette = [];

    /// <summary>The samples of the one colour that is transparent; null when none is.</summary>
    private (int Red, int Green, int Blue)? _transparent;

    private PngReader(string path, PngChunks chunks)
    {
        _path = path;
        _chunks = chunks;
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="stream">The file, from its first byte on.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="DataFormatException">The file is damaged, cut off, or too large.</exception>
    public static GreyImage Read(Stream stream, string path) => new PngReader(path, new PngChunks(stream, path)).Read();

    private GreyImage Read()
    {
        _chunks.ReadSignature();
        ReadHeader();
        ReadUntilPixels();
        if ((long)_width * _height * _depth * Samples(_color) / 8 > _chunks.Length * MaximumDeflateRatio)
        {
            throw Damaged("it is far too short for its size");
        }

        var image = new GreyImage(_width, _height, new byte[_width * _height]);
        ReadPixels(image);
        _chunks.ReadToEnd();
        return ExifOrientation.Apply(image, _orientation);
    }

    private void ReadHeader()
    {
        PngChunk chunk = _chunks.Next();
        if (chunk.Type != "IHDR" || chunk.Length != 13)
        {
            throw chunk.Type == "CgBI"
                ? Damaged("it is Apple's own variant of PNG, which only iPhones read; save it as a plain PNG")
                : Damaged(
                    Invariant($"it begins with a chunk {chunk.Type} of {chunk.Length:N0} bytes, not with a header"));
        }

        Span<byte> header = stackalloc byte[13];
        _chunks.ReadData(header);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        ImageLimits.RequireSize(_path, width, height);
        (_width, _height) = ((int)width, (int)height);
        (_depth, _color, _interlaced) = (header[8], (PngColor)header[9], header[12] == 1);
        bool known = (_color is PngColor.Grey && _depth is 1 or 2 or 4 or 8 or 16)
            || (_color is PngColor.Palette && _depth is 1 or 2 or 4 or 8)
            || (_color is PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba && _depth is 8 or 16);
        if (!known || header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            throw Damaged(string.Create(
                CultureInfo.InvariantCulture,
                $"colour type {header[9]}, {_depth} bits, compression {header[10]}, filter {header[11]}, interlacing "
                    + $"{header[12]}")
                + " is not a combination that PNG has");
        }
    }

    private void ReadUntilPixels()
    {
        while (true)
        {
            PngChunk chunk = _chunks.Next();
            switch (chunk.Type)
            {
                case "IDAT":
                    if (_color == PngColor.Palette && _palette.Length == 0)
                    {
                        throw Damaged("its pixels are numbers of a palette, and the palette is missing");
                    }

                    return;
                case "PLTE" when _color == PngColor.Palette:
                    ReadPalette(chunk.Length);
                    break;
                case "tRNS":
                    ReadTransparency(chunk.Length);
                    break;
                case "IEND":
                    throw Damaged("it ends before its pixels");
                case "PLTE":
                    _chunks.Skip();
                    break;
                case "eXIf" when chunk.Length <= MaximumNotes:
                    var notes = new byte[chunk.Length];
                    _chunks.ReadData(notes);
                    _orientation = ExifOrientation.Parse(notes);
                    break;
                default:
                    if (!chunk.IsAncillary)
                    {
                        throw Damaged(
                            $"it has a chunk {chunk.Type}, which no PNG may be read without and this module does not "
                            + $"know");
                    }

                    _chunks.Skip();
                    break;
            }
        }
    }

    private void ReadPalette(int length)
    {
        if (length is 0 or > 3 * 256 || length % 3 != 0 || _palette.Length > 0)
        {
            throw Damaged(
                Invariant($"a palette of {length:N0} bytes; it has one, of 3 bytes a colour and at most 256 colours"));
        }

        Span<byte> colors = stackalloc byte[length];
        _chunks.ReadData(colors);
        _palette = new byte[length / 3];
        for (int i = 0; i < _palette.Length; i++)
        {
            _palette[i] = Luma.Of(colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]);
        }
    }

    private void ReadTransparency(int length)
    {
        Span<byte> data = stackalloc byte[256];
        switch (_color)
        {
            case PngColor.Palette when length <= _palette.Length:
                _chunks.ReadData(data[..length]);
                for (int i = 0; i < length; i++)
                {
                    _palette[i] = Luma.OnWhite(_palette[i], data[i]);
                }

                break;
            case PngColor.Grey when length == 2:
                _chunks.ReadData(data[..2]);
                _transparent = (BinaryPrimitives.ReadUInt16BigEndian(data), 0, 0);
                break;
            case PngColor.Rgb when length == 6:
                _chunks.ReadData(data[..6]);
                _transparent = (
                    BinaryPrimitives.ReadUInt16BigEndian(data),
                    BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
                    BinaryPrimitives.ReadUInt16BigEndian(data[4..]));
                break;
            default:
                throw Damaged(Invariant($"{length:N0} bytes of transparency do not fit its colours"));
        }
    }

    private void ReadPixels(GreyImage image)
    {
        using var pixels = new ZLibStream(_chunks.OpenPixels(), CompressionMode.Decompress);
        if (!_interlaced)
        {
            ReadPass(pixels, image, (0, 0, 1, 1));
        }
        else
        {
            foreach ((int X, int Y, int StepX, int StepY) pass in s_passes)
            {
                ReadPass(pixels, image, pass);
            }
        }

        // Reading on to the end lets the checksum over all pixels be verified. What some writers put behind it does no
        // harm.
        Inflate(pixels, stackalloc byte[1]);
    }

    private void ReadPass(ZLibStream pixels, GreyImage image, (int X, int Y, int StepX, int StepY) pass)
    {
        int columns = (_width - pass.X + pass.StepX - 1) / pass.StepX;
        if (columns <= 0)
        {
            return;
        }

        int bits = _depth * Samples(_color);
        int length = (int)((((long)columns * bits) + 7) / 8), distance = Math.Max(1, bits / 8);
        byte[] row = new byte[length + 1], above = new byte[length + 1], grey = new byte[columns];
        for (int y = pass.Y; y < _height; y += pass.StepY)
        {
            if (Inflate(pixels, row) < row.Length)
            {
                throw Damaged(
                    Invariant(
                        $"its pixels end in row {y:N0} of {_height:N0}: the file is cut off or was written wrongly"));
            }

            Unfilter((PngFilter)row[0], row.AsSpan(1), above.AsSpan(1), distance);
            ToGrey(row.AsSpan(1), grey);
            Span<byte> target = image.Row(y);
            if (pass.StepX == 1)
            {
                grey.CopyTo(target);
            }
            else
            {
                for (int i = 0; i < columns; i++)
                {
                    target[pass.X + (i * pass.StepX)] = grey[i];
                }
            }

            (row, above) = (above, row);
        }
    }

    /// <summary>
    /// Reads until the buffer is full or the pixels end. What zlib does not expect at all, such as a dictionary, is an
    /// exception of a hidden type.
    /// </summary>
    private int Inflate(ZLibStream pixels, Span<byte> buffer)
    {
        try
        {
            return pixels.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception)
            when (exception is InvalidDataException || exception.GetType().Namespace == "System.IO.Compression")
        {
            throw new DataFormatException(
                "PngDamaged", _path,
                    "the PNG is damaged: its pixels cannot be decompressed. Get or save the picture anew.", exception);
        }
    }

    private void Unfilter(PngFilter filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        switch (filter)
        {
            case PngFilter.None:
                break;
            case PngFilter.Sub:
                for (int i = distance; i < row.Length; i++)
                {
                    row[i] += row[i - distance];
                }

                break;
            case PngFilter.Up:
                above = above[..row.Length];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case PngFilter.Average:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < distance ? 0 : row[i - distance]) + above[i]) / 2);
                }

                break;
            case PngFilter.Paeth:
                for (int i = 0; i < Math.Min(distance, row.Length); i++)
                {
                    row[i] += above[i];
                }

                for (int i = distance; i < row.Length; i++)
                {
                    row[i] += Paeth(row[i - distance], above[i], above[i - distance]);
                }

                break;
            default:
                throw Damaged($"a row of its pixels names the filter {(int)filter}; the filters are 0 to 4");
        }
    }

    /// <summary>The neighbour nearest to left + above − corner (PNG specification, 9.4).</summary>
    private static byte Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - (2 * corner));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }

    private static int Samples(PngColor color) => color switch
    {
        PngColor.Grey or PngColor.Palette => 1,
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        PngColor.Rgba => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, null),
    };

    private void ToGrey(ReadOnlySpan<byte> row, Span<byte> grey)
    {
        // Of 16 bits the first byte is the upper one.
        int step = Samples(_color) * _depth / 8, sample = _depth / 8;
        switch (_color)
        {
            case PngColor.Grey:
                GreyToGrey(row, grey);
                break;
            case PngColor.Palette:
                PaletteToGrey(row, grey);
                break;
            case PngColor.GreyAlpha:
                for (int i = 0; i < grey.Length; i++)
                {
                    grey[i] = Luma.OnWhite(row[i * step], row[(i * step) + sample]);
                }

                break;
            case PngColor.Rgb:
                for (int i = 0; i < grey.Length; i++)
                {
                    ReadOnlySpan<byte> pixel = row.Slice(i * step, step);
                    grey[i] =
                        IsTransparent(pixel) ? byte.MaxValue : Luma.Of(pixel[0], pixel[sample], pixel[2 * sample]);
                }

                break;
            case PngColor.Rgba:
                for (int i = 0; i < grey.Length; i++)
                {
                    ReadOnlySpan<byte> pixel = row.Slice(i * step, step);
                    grey[i] = Luma.OnWhite(Luma.Of(pixel[0], pixel[sample], pixel[2 * sample]), pixel[3 * sample]);
                }

                break;
            default:
                throw new InvalidOperationException($"The colour type {_color} was let through.");
        }
    }

    private bool IsTransparent(ReadOnlySpan<byte> pixel)
        => _transparent is (int red, int green, int blue)
            && (_depth == 8
                ? (pixel[0], pixel[1], pixel[2]) == (red, green, blue)
                : (BinaryPrimitives.ReadUInt16BigEndian(pixel), BinaryPrimitives.ReadUInt16BigEndian(pixel[2..]),
                    BinaryPrimitives.ReadUInt16BigEndian(pixel[4..])) == (red, green, blue));

    private void GreyToGrey(ReadOnlySpan<byte> row, Span<byte> grey)
    {
        int transparent = _transparent?.Red ?? -1;
        if (_depth == 8 && transparent < 0)
        {
            row.CopyTo(grey);
            return;
        }

        for (int i = 0; i < grey.Length; i++)
        {
            int level = _depth == 16 ? BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]) : Packed(row, i);
            grey[i] = level == transparent ? byte.MaxValue
                : _depth == 16 ? (byte)(level >> 8)
                : (byte)(level * 255 / ((1 << _depth) - 1));
        }
    }

    private void PaletteToGrey(ReadOnlySpan<byte> row, Span<byte> grey)
    {
        for (int i = 0; i < grey.Length; i++)
        {
            int entry = Packed(row, i);
            grey[i] = entry < _palette.Length
                ? _palette[entry]
                : throw Damaged(Invariant($"a pixel has the colour {entry} of a palette of {_palette.Length}"));
        }
    }

    /// <summary>A sample of 8 bits or fewer; the first of several in a byte has the highest bits.</summary>
    private int Packed(ReadOnlySpan<byte> row, int i)
        => (row[i * _depth / 8] >> (8 - _depth - (i * _depth % 8))) & ((1 << _depth) - 1);

    private DataFormatException Damaged(string what)
        => new("PngDamaged", _path, $"this PNG cannot be read: {what}. Get or save the picture anew.");
}
