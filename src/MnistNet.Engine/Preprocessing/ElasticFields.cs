using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace MnistNet;

/// <summary>
/// Smooth random displacements, one number a pixel: even noise through a Gaussian. Making one takes longer than using
/// it,
/// so a thousand are made once, and each digit gets one of them across and another down, with random signs.
/// </summary>
internal sealed class ElasticFields
{
    /// <summary>The number of fields.</summary>
    public const int Count = 1024;

    private const int Block = 64;

    private static readonly ConcurrentDictionary<(int, int, double), ElasticFields> Known = new();

    private readonly float[] _values;
    private readonly int _length;

    private ElasticFields(int rows, int columns, double smoothness)
    {
        _length = rows * columns;
        _values = new float[Count * _length];
        double[] gaussian = Gaussian(smoothness);
        Parallel.For(0, Count / Block, block =>
        {
            for (int field = block * Block; field < (block + 1) * Block; field++)
            {
                Smooth(field, rows, columns, gaussian, _values.AsSpan(field * _length, _length));
            }
        });

        // One scale for all of them, so that some digits are bent more than others.
        double squares = 0;
        foreach (float value in _values)
        {
            squares += (double)value * value;
        }

        var scale = (float)(1 / Math.Sqrt(squares / _values.Length));
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] *= scale;
        }
    }

    /// <summary>A field: the root of the mean square of all fields together is 1.</summary>
    public ReadOnlySpan<float> this[int field] => _values.AsSpan(field * _length, _length);

    /// <summary>The fields for images of a size, made once.</summary>
    /// <param name="rows">The height.</param>
    /// <param name="columns">The width.</param>
    /// <param name="smoothness">σ of the Gaussian, in pixels.</param>
    public static ElasticFields For(int rows, int columns, double smoothness)
        => Known.GetOrAdd((rows, columns, smoothness), key => new ElasticFields(key.Item1, key.Item2, key.Item3));

    // Cut off at 3σ.
    private static double[] Gaussian(double smoothness)
    {
        int reach = (int)Math.Ceiling(3 * smoothness);
        var weights = new double[(2 * reach) + 1];
        for (int i = -reach; i <= reach; i++)
        {
            // e^−x as the cube of e^(−x/3), which is within the series' range; at 3σ, x is 4.5 and a little more.
            double root = PortableMath.Exp(-(i * i) / (6 * smoothness * smoothness));
            weights[i + reach] = root * root * root;
        }

        return weights;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Smooth(int field, int rows, int columns, double[] gaussian, Span<float> target)
    {
        int around = gaussian.Length - 1, width = columns + around, height = rows + around;
        var random = new SeededRandom(0, RandomPurpose.ElasticFields, field);
        var noise = new double[width * height];
        foreach (ref double value in noise.AsSpan())
        {
            value = random.NextDouble(-1, 1);
        }

        var across = new double[columns * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                double sum = 0;
                for (int k = 0; k < gaussian.Length; k++)
                {
                    sum += gaussian[k] * noise[(y * width) + x + k];
                }

                across[(y * columns) + x] = sum;
            }
        }

        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                double sum = 0;
                for (int k = 0; k < gaussian.Length; k++)
                {
                    sum += gaussian[k] * across[((y + k) * columns) + x];
                }

                target[(y * columns) + x] = (float)sum;
            }
        }
    }
}
