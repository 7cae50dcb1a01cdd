namespace MnistNet;

/// <summary>What can be chosen of a page.</summary>
public sealed record ReportOptions
{
    /// <summary>The title; null for one that says what the page is about.</summary>
    public string? Title { get; init; }

    /// <summary>What a user types to have the same run again; empty when that is not known.</summary>
    public string Command { get; init; } = "";

    /// <summary>What a user types to have a run of a sweep again.</summary>
    public Func<SweepRun, string>? CommandOf { get; init; }

    /// <summary>The most mistakes that are shown.</summary>
    public int MaxMistakes { get; init; } = 40;

    /// <summary>When the page was made; null for a page that does not say so.</summary>
    public DateTimeOffset? Created { get; init; }
}
