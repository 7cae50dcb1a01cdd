namespace MnistNet.Fuzz;

/// <summary>Something that a reader promises of what it has read, and that is not so.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception($"This does not hold: {promise}.");

/// <summary>Holds readers to what they promise.</summary>
internal static class Require
{
    public static void That(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
