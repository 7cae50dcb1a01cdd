namespace MnistNet;

/// <summary>What a page about a network tells of.</summary>
/// <param name="Network">The network.</param>
public sealed record ReportSubject(Network Network)
{
    /// <summary>How it was trained; null when that is not known.</summary>
    public TrainingResult? Training { get; init; }

    /// <summary>The digits to judge it by; null when there are none. They may be without labels.</summary>
    public DigitSet? Test { get; init; }

    /// <summary>
    /// Digits that it learned from, or others of their kind, by which the page tells a drawing that is unlike any of
    /// them; null when there are none.
    /// </summary>
    public DigitSet? Train { get; init; }

    /// <summary>What a training gave, and the digits that belong to it.</summary>
    public static ReportSubject Of(TrainingResult training) => new(training.Network) { Training = training };
}
