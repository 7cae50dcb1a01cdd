using System.Numerics;

namespace MnistNet;

/// <summary>
/// What a stream of random numbers is for. Each purpose has a stream of its own, so that drawing more of one never
/// changes another.
/// </summary>
public enum RandomPurpose
{
    /// <summary>The first weights of a network.</summary>
    Initialization = 1,

    /// <summary>The order of the images in an epoch.</summary>
    Shuffle = 2,

    /// <summary>The share of the training set held back for validation.</summary>
    Validation = 3,

    /// <summary>Digits drawn by the module itself.</summary>
    Synthesis = 4,

    /// <summary>Digits picked by a user.</summary>
    Sampling = 5,

    /// <summary>Entries picked for a numeric gradient.</summary>
    GradientCheck = 6,

    /// <summary>Settings picked for a random sweep.</summary>
    Sweep = 7,

    /// <summary>How a digit is changed in an epoch.</summary>
    Augmentation = 8,

    /// <summary>The smooth displacements that digits are bent by.</summary>
    ElasticFields = 9,
}

/// <summary>
/// A random generator that gives the same numbers for the same seed on every machine and in every version:
/// xoshiro256** (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2018,
/// https://prng.di.unimi.it), its state filled by SplitMix64. Only exact arithmetic is used, so that no platform's
/// mathematics library shows through.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spare;
    private bool _hasSpare;

    /// <summary>Begins the stream that belongs to a seed, a purpose and a position within that purpose.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Distinguishes streams of one purpose, such as the number of an epoch or of an image.</param>
    public SeededRandom(int seed, RandomPurpose purpose, long index = 0)
    {
        ulong state = unchecked((ulong)seed);
        state = SplitMix(ref state) ^ ((ulong)purpose << 56);
        state = SplitMix(ref state) ^ unchecked((ulong)index);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>
    /// A whole number in [0, <paramref name="exclusiveMaximum"/>), without bias (D. Lemire, "Fast random integer
    /// generation in an interval", 2019).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not positive.</exception>
    public int Next(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        uint range = (uint)exclusiveMaximum;
        ulong product = (NextUInt64() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = unchecked(0u - range) % range;
            while (low < threshold)
            {
                product = (NextUInt64() >> 32) * range;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>
    /// A number from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method, 1964).
    /// </summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);
        double scale = Math.Sqrt(-2 * Log(s) / s);
        _spare = v * scale;
        _hasSpare = true;
        return u * scale;
    }

    /// <summary>Puts the items in random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>
    /// The natural logarithm of a positive normal number, from +, ×, ÷ alone: log(f·2ᵏ) = k·log 2 +
    /// 2·artanh((f−1)/(f+1)) with f in [√½, √2). Accurate to about one unit in the last place;
    /// <see cref="Math.Log(double)"/> differs in the last bit from one platform to the next.
    /// </summary>
    private static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1022;
        double f = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (f < 0.70710678118654752)
        {
            f *= 2;
            exponent--;
        }

        double t = (f - 1) / (f + 1);
        double t2 = t * t;
        double sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = (sum * t2) + (1.0 / k);
        }

        return (exponent * 0.69314718055994531) + (2 * t * sum);
    }

    private static ulong SplitMix(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        ulong z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
