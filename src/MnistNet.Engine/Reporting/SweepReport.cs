namespace MnistNet;

/// <summary>
/// One page about a sweep: its figure over the settings that vary, with intervals, and the best runs.
/// </summary>
public static class SweepReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="runs">The rows of the sweep, at least one.</param>
    /// <param name="options">What can be chosen of it.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="overwriteReadOnly">Whether even a read-only file may be replaced.</param>
    /// <exception cref="SettingException">The rows are of different data, or none has a figure.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Save(
        string path,
        IReadOnlyList<SweepRun> runs,
        ReportOptions options,
        bool overwrite = true,
        bool overwriteReadOnly = false)
        => TrainingReport.SavePage(path, Build(runs, options), overwrite, overwriteReadOnly);

    /// <summary>The page as text.</summary>
    internal static string Build(IReadOnlyList<SweepRun> runs, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        var facts = new SweepFacts(runs);
        string count = ReportNumbers.Count(runs.Count, "run");
        string data = runs[0].Data.Length > 0 ? $" on {TrainingReport.WithoutSplit(runs[0].Data)}" : "";
        string over = facts.Varying.Count == 0 ? "with one setting" : $"over {string.Join(", ", facts.Varying)}";
        ReportSection?[] sections =
        [
            SweepSummarySection.Of(facts, options),
            SweepCurveSection.Of(facts),
            SweepIntervalsSection.Of(facts),
            SweepBestSection.Of(facts),
        ];
        return ReportPage.Compose(
            options.Title ?? $"A sweep of {count}{data}",
            Html.Of($"{SweepFacts.Capital(facts.Metric)} {over}."),
            [.. sections.OfType<ReportSection>()],
            data: null,
            options.Created);
    }
}
