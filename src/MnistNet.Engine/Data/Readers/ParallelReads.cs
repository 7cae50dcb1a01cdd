namespace MnistNet;

/// <summary>Reads several files at once: their inflation is nearly all of the time.</summary>
internal static class ParallelReads
{
    /// <summary>
    /// Runs the readings and gives their results in order; of several faults the first in order is thrown.
    /// </summary>
    public static T[] Run<T>(IEnumerable<Func<T>> readings) =>
        Task.WhenAll([.. readings.Select(Task.Run)]).GetAwaiter().GetResult();
}
