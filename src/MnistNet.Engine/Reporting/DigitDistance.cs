using System.Numerics;
using System.Text.Json;

namespace MnistNet;

/// <summary>
/// Tells a drawing that is unlike any digit: by its Euclidean distance to the nearest mean of a class. The limit is
/// such that nearly all real digits are within it; how many are not is measured on digits that took no part in choosing
/// it.
/// </summary>
internal sealed class DigitDistance
{
    /// <summary>The share of the digits learned from that are within the limit.</summary>
    private const double Within = 0.99;

    /// <summary>More digits than these change neither the means nor the limit by anything that matters.</summary>
    private const int MostForMeans = 10_000, MostForLimit = 4_000;

    private readonly byte[] _means;
    private readonly int _pixelCount;

    private DigitDistance(byte[] means, int pixelCount)
    {
        _means = means;
        _pixelCount = pixelCount;
    }

    /// <summary>The largest distance that counts as usual, for pixels of 0 to 1.</summary>
    public double Threshold { get; private init; }

    /// <summary>The share of real digits that are beyond it all the same.</summary>
    public double FalseAlarmRate { get; private init; }

    /// <summary>Chooses the limit.</summary>
    /// <param name="train">Digits with labels that the network learned from, as it sees them.</param>
    /// <param name="heldOut">Other digits of their kind, as the network sees them; null where there are none.</param>
    public static DigitDistance Calibrate(DigitSet train, DigitSet? heldOut)
    {
        var means = new DigitDistance(MeansOf(train.Take(MostForMeans)), train.PixelCount);
        double[] usual = [.. Thinning.Places(train.Count, MostForLimit)
            .Select(i => means.Of(PixelsOf(train, i)))
            .Order()];
        double threshold = usual[(int)Math.Ceiling(Within * (usual.Length - 1))];
        DigitSet judges = heldOut is { Count: > 0 } ? heldOut : train;
        int[] places = [.. Thinning.Places(judges.Count, MostForLimit)];
        return new DigitDistance(means._means, train.PixelCount)
        {
            Threshold = threshold,
            FalseAlarmRate = places.Count(i => means.Of(PixelsOf(judges, i)) > threshold) / (double)places.Length,
        };
    }

    /// <summary>The distance of an image to the nearest mean.</summary>
    /// <param name="pixels">Its grey levels, as the network sees it.</param>
    public double Of(ReadOnlySpan<byte> pixels)
    {
        long least = long.MaxValue;
        for (int c = 0; c < _means.Length / _pixelCount; c++)
        {
            least = Math.Min(least, SquaredDistance(pixels, _means.AsSpan(c * _pixelCount, _pixelCount)));
        }

        return Math.Sqrt(least) / 255;
    }

    /// <summary>Writes it as JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("unlike");
        json.WriteBase64String("means", _means);
        json.WriteNumber("threshold", Threshold);
        json.WriteNumber("falseAlarmRate", FalseAlarmRate);
        json.WriteEndObject();
    }

    /// <summary>The mean image of each class that occurs, rounded to grey levels.</summary>
    private static byte[] MeansOf(DigitSet digits)
    {
        var sums = new long[DigitSet.ClassCount, digits.PixelCount];
        IReadOnlyList<int> counts = digits.LabelCounts;
        for (int i = 0; i < digits.Count; i++)
        {
            int label = digits.Labels[i];
            ReadOnlySpan<byte> pixels = PixelsOf(digits, i);
            for (int p = 0; p < pixels.Length; p++)
            {
                sums[label, p] += pixels[p];
            }
        }

        return [.. Enumerable.Range(0, DigitSet.ClassCount)
            .Where(c => counts[c] > 0)
            .SelectMany(c => Enumerable.Range(0, digits.PixelCount)
                .Select(p => (byte)((sums[c, p] + (counts[c] / 2)) / counts[c])))];
    }

    private static long SquaredDistance(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        long sum = 0;
        int i = 0;
        for (; i <= one.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var a = new Vector<byte>(one[i..]);
            var b = new Vector<byte>(other[i..]);
            Vector<byte> difference = Vector.Max(a, b) - Vector.Min(a, b);
            Vector.Widen(difference, out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low * low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high * high, out Vector<uint> third, out Vector<uint> fourth);
            sum += Vector.Sum(first + second + third + fourth);
        }

        for (; i < one.Length; i++)
        {
            int difference = one[i] - other[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static ReadOnlySpan<byte> PixelsOf(DigitSet digits, int position)
        => digits.Pixels.Slice(position * digits.PixelCount, digits.PixelCount);
}
