using System.Runtime.CompilerServices;

namespace MnistNet;

/// <summary>Applies preprocessing to whole sets, once for as long as a set lives.</summary>
public static class Preprocessor
{
    private const int Block = 512;

    private static readonly ConditionalWeakTable<DigitSet, DigitSet> Normalized = [];

    /// <summary>The digits as a network with this preprocessing sees them. Labels, names and indexes stay.</summary>
    /// <param name="data">The digits.</param>
    /// <param name="preprocessing">What is to be done to each of them.</param>
    /// <returns>Another set, or the given one where there is nothing to do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such preprocessing.</exception>
    public static DigitSet Apply(DigitSet data, Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(data);
        return preprocessing switch
        {
            Preprocessing.None => data,
            Preprocessing.MomentNormalization => Normalized.GetValue(data, Normalize),
            _ => throw new ArgumentOutOfRangeException(nameof(preprocessing), preprocessing, null),
        };
    }

    private static DigitSet Normalize(DigitSet data)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(data.Pixels.Length);
        Parallel.For(0, (data.Count + Block - 1) / Block, block =>
        {
            var normalizer = new MomentNormalizer(data.Rows, data.Columns);
            for (int i = block * Block; i < Math.Min(data.Count, (block + 1) * Block); i++)
            {
                ReadOnlySpan<byte> source = data.Pixels.Slice(i * data.PixelCount, data.PixelCount);
                normalizer.Apply(source, pixels.AsSpan(i * data.PixelCount, data.PixelCount));
            }
        });
        return data.WithPixels(pixels);
    }
}
