using static System.FormattableString;

namespace MnistNet;

/// <summary>How the first layer formed: the first, the middle and the last snapshot side by side.</summary>
internal static class SnapshotSection
{
    private const int Side = 56;

    /// <summary>The section; null without snapshots.</summary>
    public static ReportSection? Of(PageSnapshots? snapshots) => snapshots is null
        ? null
        : new ReportSection("snapshots", "How its weights formed", Html.Of($"""
            <p>The first layer along the way, from {ReportNumbers.Count(snapshots.Kept.Count, "snapshot")} of the run.
            Orange ink speaks for a unit, blue ink against it; the accuracy along the way is that on a sample.</p>
            <div id="snapshot-static" class="steps">{Steps(snapshots)}</div>
            <div id="snapshot-app"></div>
            """))
        {
            Name = "Snapshots",
        };

    private static IEnumerable<Html> Steps(PageSnapshots snapshots)
        => Thinning.Of(snapshots.Kept, 3).Select(snapshot => Step(snapshots, snapshot));

    private static Html Step(PageSnapshots snapshots, TrainingSnapshot snapshot)
    {
        (Html images, _) = UnitPictures.Of(
            snapshot.W1, [.. snapshots.Units.Select(unit => (unit, Invariant($"{unit}")))], Side);
        return Html.Of($"""
            <div><h3>{Invariant($"after {snapshot.Iteration:N0} updates")}</h3>
            <p>accuracy {ReportNumbers.Exact(snapshot.Accuracy)}</p>{images}</div>
            """);
    }
}
