namespace MnistNet;

/// <summary>Some of many things, evenly spread, the first and the last among them.</summary>
internal static class Thinning
{
    /// <summary>At most so many of some things; all where there are no more.</summary>
    public static IEnumerable<T> Of<T>(IReadOnlyList<T> items, int most)
        => Places(items.Count, most).Select(place => items[place]);

    /// <summary>The places, in order, of at most so many among a count of things.</summary>
    public static IEnumerable<int> Places(int count, int most) => count <= most
        ? Enumerable.Range(0, count)
        : most == 1 ? [count - 1]
        : Enumerable.Range(0, most).Select(i => (int)((long)i * (count - 1) / (most - 1)));
}
