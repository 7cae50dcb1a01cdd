using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistNet;

/// <summary>
/// Moves a digit to the middle, sets it upright and gives it one size, as its moments say (R. G. Casey, "Moment
/// normalization of
/// handprinted characters", IBM Journal of Research and Development 14, 1970).
/// <para>With grey levels as masses, c the centre of mass, v the variances and cov the covariance of columns and rows:
/// a = cov/v_y is the slant, σ_y = √v_y and σ_x = √max(v_x − a·cov, 0.1) are height and width once the digit stands
/// upright.
/// f_y = σ_y/5 in 0.6 … 1.6 and f_x = √(σ_x/4) in 0.5 … 1.6 are the scales. The pixel (x, y) of the result is read at
/// Y = c_y + (y − 13.5)·f_y and X = c_x + a·(Y − c_y) + (x − 13.5)·f_x, bilinearly, 0 outside; levels up to 16 become
/// 0.</para>
/// <para>These lengths are for 28×28; other images are measured in 28ths of their own height and width.
/// A blank image stays blank, and ink in a single row has no slant.</para>
/// <para>Moments are whole numbers, positions are fixed-point numbers, and of all functions only the square root is
/// used, which
/// IEEE 754 defines to the last bit: the result is the same on every machine.</para>
/// </summary>
internal sealed class MomentNormalizer
{
    /// <summary>
    /// Grey levels up to this one become 0: they carry little, and each costs a multiply-add in the first layer.
    /// </summary>
    public const int FaintestLevel = 16;

    // What every digit is made to measure, in 28ths of the image. Widths are only brought half of the way, as a
    // logarithm counts: a 1 stays narrower than an 8.
    private const double Unit = 28, Height = 5, Width = 4, LeastVariance = 0.1;
    private const double LeastScaleY = 0.6, LeastScaleX = 0.5, MostScale = 1.6;

    // Positions have 16 bits after the point. Two weights then make 32, of which a blended level has 8 above the point.
    private const int Fraction = 16;
    private const long One = 1L << Fraction;

    // A constant, so that the loops over it are compiled once and well from their first call on.
    private const int Lanes = 16;

    private readonly int _rows;
    private readonly int _columns;
    private readonly uint _faintest;

    // The image with a 0 all around it, so that no reading has to ask where it is; rows are whole vectors long.
    private readonly uint[] _padded;
    private readonly uint[] _blended;

    /// <summary>Prepares for images of one size. An object serves one thread.</summary>
    /// <param name="rows">The height.</param>
    /// <param name="columns">The width.</param>
    /// <param name="faintest">The highest grey level that becomes 0.</param>
    public MomentNormalizer(int rows, int columns, int faintest = FaintestLevel)
    {
        _rows = rows;
        _columns = columns;
        _faintest = (uint)faintest;
        _blended = new uint[(columns + 2 + Lanes - 1) / Lanes * Lanes];
        _padded = new uint[(rows + 2) * _blended.Length];
    }

    /// <summary>Normalises an image.</summary>
    /// <param name="source">Grey levels, row after row.</param>
    /// <param name="target">Receives as many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        target.Clear();
        ImageMoments moments = ImageMoments.Of(source, _rows, _columns);
        if (moments.Mass == 0)
        {
            return;
        }

        double unitX = _columns / Unit, unitY = _rows / Unit;
        double covariance = moments.Covariance, varianceY = moments.VarianceY;
        double slant = varianceY > 0 ? covariance / varianceY : 0;
        double upright = Math.Max(moments.VarianceX - (slant * covariance), LeastVariance * unitX * unitX);
        double scaleY = Math.Clamp(Math.Sqrt(varianceY) / (Height * unitY), LeastScaleY, MostScale);
        double scaleX = Math.Clamp(Math.Sqrt(Math.Sqrt(upright) / (Width * unitX)), LeastScaleX, MostScale);
        double middleX = (_columns - 1) / 2.0, middleY = (_rows - 1) / 2.0;
        double centreX = moments.CentreX, centreY = moments.CentreY;
        long step = ToFixed(scaleX);
        (int left, int right) = Pad(source);
        for (int y = 0; y < _rows; y++)
        {
            double fromCentre = (y - middleY) * scaleY;
            long down = ToFixed(centreY + fromCentre);
            long above = down >> Fraction;
            if (above >= -1 && above < _rows)
            {
                BlendRows((int)above + 1, (uint)(down & (One - 1)));
                long across = ToFixed(centreX + (slant * fromCentre) - (middleX * scaleX));
                ReadAcross(across, step, left, right, target.Slice(y * _columns, _columns));
            }
        }
    }

    // Copies the image, and tells its first and its last column with ink.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Left, int Right) Pad(ReadOnlySpan<byte> source)
    {
        Span<uint> any = _blended;
        any.Clear();
        for (int y = 0; y < _rows; y++)
        {
            ReadOnlySpan<byte> line = source.Slice(y * _columns, _columns);
            Span<uint> row = _padded.AsSpan(((y + 1) * _blended.Length) + 1, _columns);
            for (int x = 0; x < line.Length; x += Lanes)
            {
                // The last vector of a row begins earlier, and repeats what the one before it did.
                int at = Math.Min(x, line.Length - Lanes);
                if (at < 0)
                {
                    Widen(line, row);
                    break;
                }

                Vector512<uint> wide = Widen(Vector128.Create(line.Slice(at, Lanes)));
                wide.CopyTo(row[at..]);
            }

            for (int at = 0; at < any.Length; at += Lanes)
            {
                Vector512<uint> seen = Vector512.Create<uint>(any[at..])
                    | Vector512.Create<uint>(_padded.AsSpan(((y + 1) * _blended.Length) + at));
                seen.CopyTo(any[at..]);
            }
        }

        return (any.IndexOfAnyExcept(0u) - 1, any.LastIndexOfAnyExcept(0u) - 1);
    }

    // Two neighbouring rows, each as its distance says, in 1/256 of a grey level.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlendRows(int upper, uint weight)
    {
        ReadOnlySpan<uint> above = _padded.AsSpan(upper * _blended.Length, _blended.Length);
        ReadOnlySpan<uint> below = _padded.AsSpan((upper + 1) * _blended.Length, _blended.Length);
        var half = Vector512.Create(128u);
        for (int at = 0; at < above.Length; at += Lanes)
        {
            Vector512<uint> sum = (Vector512.Create(above[at..]) * ((uint)One - weight))
                + (Vector512.Create(below[at..]) * weight);
            Vector512.ShiftRightLogical(sum + half, 8).CopyTo(_blended, at);
        }
    }

    // The blended row at regular distances, rounded to whole grey levels: from the first position after the column to
    // the left of the ink to the last one before the column to its right. Everywhere else there is nothing but 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadAcross(long across, long step, int left, int right, Span<byte> target)
    {
        long before = (left - 1) * One, behind = (right + 1) * One;
        int first = across > before ? 0 : (int)Math.Min(((before - across) / step) + 1, target.Length);
        int end = across >= behind ? 0 : (int)Math.Min(((behind - 1 - across) / step) + 1, target.Length);
        ReadOnlySpan<uint> blended = _blended;
        long position = across + (first * step) + One;
        for (int x = first; x < end; x++, position += step)
        {
            int at = (int)(position >> Fraction);
            uint weight = (uint)(position & (One - 1));
            uint sum = (blended[at] * ((uint)One - weight)) + (blended[at + 1] * weight) + (1u << 23);
            uint level = sum >> 24;
            target[x] = (byte)(level > _faintest ? level : 0);
        }
    }

    private static Vector512<uint> Widen(Vector128<byte> levels)
    {
        Vector512<byte> wide = levels.ToVector256Unsafe().ToVector512Unsafe();
        return Vector512.WidenLower(Vector512.WidenLower(wide));
    }

    private static void Widen(ReadOnlySpan<byte> levels, Span<uint> wide)
    {
        for (int x = 0; x < levels.Length; x++)
        {
            wide[x] = levels[x];
        }
    }

    private static long ToFixed(double position) => (long)Math.Floor((position * One) + 0.5);
}
