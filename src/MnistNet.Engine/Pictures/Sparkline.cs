namespace MnistNet;

/// <summary>A curve as small as a word, made of blocks of eight heights.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>The values from the left to the right, each character the mean of its share of them.</summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="width">The most characters.</param>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return "";
        }

        int count = Math.Min(width, finite.Length);
        double[] means = [.. Enumerable.Range(0, count).Select(i
            => finite[(int)((long)i * finite.Length / count)..(int)((i + 1L) * finite.Length / count)].Average())];
        double low = means.Min(), high = means.Max();
        return string.Concat(means.Select(mean
            => Blocks[high > low ? (int)Math.Round((mean - low) / (high - low) * (Blocks.Length - 1)) : 0]));
    }
}
