using System.Runtime.CompilerServices;

namespace MnistNet;

/// <summary>
/// The moments of an image up to the second order: sums over its pixels of grey level × powers of the column x and the
/// row y.
/// They are whole numbers, so that no order of summation and no machine changes them.
/// </summary>
/// <param name="Mass">The sum of the grey levels.</param>
/// <param name="X">Σ level·x.</param>
/// <param name="Y">Σ level·y.</param>
/// <param name="XX">Σ level·x².</param>
/// <param name="XY">Σ level·x·y.</param>
/// <param name="YY">Σ level·y².</param>
internal readonly record struct ImageMoments(long Mass, long X, long Y, long XX, long XY, long YY)
{
    /// <summary>The column of the centre of mass; NaN for an image that is black all over.</summary>
    public double CentreX => (double)X / Mass;

    /// <summary>The row of the centre of mass; NaN for an image that is black all over.</summary>
    public double CentreY => (double)Y / Mass;

    /// <summary>The variance of the columns around the centre of mass.</summary>
    public double VarianceX => Central(XX, X, X);

    /// <summary>The covariance of columns and rows: its share of <see cref="VarianceY"/> is the slant.</summary>
    public double Covariance => Central(XY, X, Y);

    /// <summary>The variance of the rows around the centre of mass.</summary>
    public double VarianceY => Central(YY, Y, Y);

    /// <summary>Takes the moments of an image.</summary>
    /// <param name="levels">Grey levels, row after row.</param>
    /// <param name="rows">The height.</param>
    /// <param name="columns">The width.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ImageMoments Of(ReadOnlySpan<byte> levels, int rows, int columns)
    {
        long mass = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0, sumYY = 0;
        for (long y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> line = levels.Slice((int)y * columns, columns);
            int first = line.IndexOfAnyExcept((byte)0);
            if (first < 0)
            {
                continue;
            }

            long row = 0, rowX = 0, rowXX = 0, x = first;
            foreach (byte level in line[first..(line.LastIndexOfAnyExcept((byte)0) + 1)])
            {
                row += level;
                rowX += level * x;
                rowXX += level * x * x;
                x++;
            }

            mass += row;
            sumX += rowX;
            sumY += row * y;
            sumXX += rowXX;
            sumXY += rowX * y;
            sumYY += row * y * y;
        }

        return new ImageMoments(mass, sumX, sumY, sumXX, sumXY, sumYY);
    }

    // The numerator is exact in 128 bits: the difference of two nearly equal numbers loses nothing.
    private double Central(long second, long first, long other)
        => (double)(((Int128)second * Mass) - ((Int128)first * other)) / ((double)Mass * Mass);
}
