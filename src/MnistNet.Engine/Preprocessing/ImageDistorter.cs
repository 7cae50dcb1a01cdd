using System.Runtime.CompilerServices;

namespace MnistNet;

/// <summary>
/// Distorts images of one size: every pixel is read where its <see cref="Distortion"/> says, between four neighbours,
/// in
/// whole numbers of 1/256 of a pixel. An object serves one thread.
/// </summary>
internal sealed class ImageDistorter
{
    // Positions have 16 bits after the point, of which the upper 8 weigh the neighbours.
    private const int Fraction = 16;
    private const int One = 1 << Fraction;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _stride;
    private readonly ElasticFields? _fields;

    // The image with a 0 all around it: what lies between the outermost pixels and that is read like the rest.
    private readonly byte[] _padded;

    /// <summary>Prepares for images of one size.</summary>
    /// <param name="rows">The height.</param>
    /// <param name="columns">The width.</param>
    /// <param name="fields">The elastic fields; null without.</param>
    public ImageDistorter(int rows, int columns, ElasticFields? fields)
    {
        _rows = rows;
        _columns = columns;
        _fields = fields;
        _stride = columns + 2;
        _padded = new byte[(rows + 2) * _stride];
    }

    /// <summary>Distorts an image.</summary>
    /// <param name="source">Grey levels, row after row.</param>
    /// <param name="target">Receives as many.</param>
    /// <param name="distortion">What to do to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target, in Distortion distortion)
    {
        for (int y = 0; y < _rows; y++)
        {
            source.Slice(y * _columns, _columns).CopyTo(_padded.AsSpan(((y + 1) * _stride) + 1));
        }

        double sin = PortableMath.Sin(distortion.Angle), cos = PortableMath.Cos(distortion.Angle);
        double xx = cos * distortion.ScaleX, yx = sin * distortion.ScaleX;
        double xy = ((cos * distortion.Shear) - sin) * distortion.ScaleY;
        double yy = ((sin * distortion.Shear) + cos) * distortion.ScaleY;
        double middleX = (_columns - 1) / 2.0, middleY = (_rows - 1) / 2.0;
        ReadOnlySpan<float> fieldX = _fields is null ? [] : _fields[distortion.FieldX];
        ReadOnlySpan<float> fieldY = _fields is null ? [] : _fields[distortion.FieldY];
        var bendX = (float)(distortion.BendX * One);
        var bendY = (float)(distortion.BendY * One);
        long stepX = ToFixed(xx), stepY = ToFixed(yx);
        for (int y = 0; y < _rows; y++)
        {
            double down = y - middleY;
            long atX = ToFixed(middleX + distortion.ShiftX + (xy * down) - (xx * middleX) + 1);
            long atY = ToFixed(middleY + distortion.ShiftY + (yy * down) - (yx * middleX) + 1);
            Span<byte> row = target.Slice(y * _columns, _columns);
            if (_fields is null)
            {
                for (int x = 0; x < row.Length; x++, atX += stepX, atY += stepY)
                {
                    row[x] = Read(atX, atY);
                }
            }
            else
            {
                ReadOnlySpan<float> alongX = fieldX.Slice(y * _columns, _columns);
                ReadOnlySpan<float> alongY = fieldY.Slice(y * _columns, _columns);
                for (int x = 0; x < row.Length; x++, atX += stepX, atY += stepY)
                {
                    row[x] = Read(atX + (int)(bendX * alongX[x]), atY + (int)(bendY * alongY[x]));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Read(long x, long y)
    {
        long column = x >> Fraction, row = y >> Fraction;
        if ((ulong)column > (ulong)_columns || (ulong)row > (ulong)_rows)
        {
            return 0;
        }

        int right = (int)(x >> 8) & 255, left = 256 - right, lower = (int)(y >> 8) & 255, upper = 256 - lower;
        ReadOnlySpan<byte> four = _padded.AsSpan(((int)row * _stride) + (int)column);
        int sum = (((four[0] * left) + (four[1] * right)) * upper)
            + (((four[_stride] * left) + (four[_stride + 1] * right)) * lower);
        return (byte)((sum + (One / 2)) >> Fraction);
    }

    private static long ToFixed(double position) => (long)Math.Floor((position * One) + 0.5);
}
