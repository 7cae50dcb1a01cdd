using System.ComponentModel;
using System.Globalization;
using System.Management.Automation.Host;
using System.Text;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>
/// How numbers and tables look at the prompt; called by MnistNet.Format.ps1xml, the same in every culture. Not meant
/// for scripts.
/// </summary>
[Browsable(false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewText
{
    private const int MostPairs = 6, TracePictureWidth = 40, UsualTraceWidth = 100, PageWidth = 79;

    // The columns that MnistNet.Format.ps1xml has for them.
    private const int RunSettingWidth = 32, SummarySettingWidth = 40;

    private static readonly string[] s_usualSettings =
        [nameof(SweepRun.Hidden), nameof(SweepRun.Optimizer), nameof(SweepRun.Alpha)];

    /// <summary>
    /// An accuracy, a loss or a probability, with four decimals; a loss that exploded as a power of ten, so that no
    /// column cuts it off; nothing for null.
    /// </summary>
    public static string Decimals(double? value)
        => Write(value, value is double number && double.IsFinite(number) && Math.Abs(number) >= 1e3 ? "0.0E+0" : "F4");

    /// <summary>A time in seconds, with two decimals; nothing for null.</summary>
    public static string Seconds(double? value) => Write(value, "F2");

    /// <summary>
    /// A number of any size, such as a learning rate, with four significant digits; nothing for null.
    /// </summary>
    public static string Significant(double? value) => Write(value, "G4");

    /// <summary>A number as a power of ten, such as <c>1.25e-7</c>; nothing for null.</summary>
    public static string Power(double? value, int decimals) => Write(value, $"0.{new string('0', decimals)}e+0");

    /// <summary>A whole number with its thousands apart, such as <c>60,000</c>.</summary>
    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Rows × columns, such as <c>28×28</c>.</summary>
    public static string Size(int rows, int columns) => Invariant($"{rows}×{columns}");

    /// <summary>The share of a digit's pixels that are not background, such as <c>19.1 %</c>.</summary>
    public static string Ink(Digit digit)
    {
        ArgumentNullException.ThrowIfNull(digit);
        int inked = digit.Pixels.Length - digit.Pixels.AsSpan().Count((byte)0);
        return Invariant($"{100.0 * inked / digit.Pixels.Length:F1} %");
    }

    /// <summary>How many digits there are of each class, or that there are no labels.</summary>
    public static string Labels(DigitSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.IsLabeled
            ? string.Join(' ', set.LabelCounts.Select(count => count.ToString(CultureInfo.InvariantCulture)))
            : "none";
    }

    /// <summary>
    /// An evaluation as a page of 80 columns: the figures, a row per class, the confusion matrix, the most frequent
    /// mistakes.
    /// </summary>
    public static string Page(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var page = new StringBuilder();
        page.AppendLine(Invariant($"Network   {evaluation.NetworkName}"));
        page.AppendLine(Invariant($"Data      {evaluation.Data}"));
        string counts = Invariant($"{evaluation.Correct:N0} of {evaluation.Count:N0}");
        page.AppendLine(Invariant(
            $"Accuracy  {evaluation.Accuracy:F4}  ({counts}; 95 % interval {evaluation.AccuracyInterval})"));
        page.AppendLine(Invariant($"Loss      {evaluation.Loss:F4}"));
        page.AppendLine();
        bool isNamed = ClassNames.Has(evaluation.Data);
        int width = isNamed ? evaluation.Classes.Max(c => c.Name.Length) : 5;
        page.Append((isNamed ? "class" : "digit").PadRight(width)).AppendLine("   count  precision  recall      F1");
        foreach (ClassMetrics c in evaluation.Classes)
        {
            page.Append(isNamed ? c.Name.PadRight(width) : c.Name.PadLeft(width));
            string figures = Invariant(
                $" {c.Count,7} {Decimals(c.Precision),10} {Decimals(c.Recall),7} {Decimals(c.F1),7}");
            page.AppendLine(figures);
        }

        page.AppendLine().AppendLine(Table(evaluation.Confusion, evaluation.Data));
        if (evaluation.MostConfused.Count > 0)
        {
            page.AppendLine();
            page.Append(BreakAtCommas(
                [.. evaluation.MostConfused.Take(MostPairs)
                    .Select((pair, i) => i == 0 ? $"Most confused: {pair}" : $"{pair}")],
                PageWidth));
        }

        return page.ToString().TrimEnd();
    }

    /// <summary>
    /// What tells a run of a sweep from its others, its seed aside, such as <c>Hidden 30, Alpha 0.5</c>.
    /// </summary>
    public static string Setting(SweepRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string[] names = run.Varying is { Count: > 0 } varying ? [.. varying] : s_usualSettings;
        return BreakAtCommas(
            [.. SweepColumns.Settings
                .Where(column => names.Contains(column.Name))
                .Select(column => $"{column.Name} {MnistNet.Setting.Text(column.GetValue(run))}")],
            RunSettingWidth);
    }

    /// <summary>What tells the runs that a summary speaks of from the others.</summary>
    public static string Setting(SweepSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return BreakAtCommas(summary.Setting.Split(", "), SummarySettingWidth);
    }

    /// <summary>The interval of a mean, such as <c>0.9041–0.9153</c>; nothing for a single run.</summary>
    public static string Interval(SweepSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary.IntervalLow is null ? "" : $"{Decimals(summary.IntervalLow)}–{Decimals(summary.IntervalHigh)}";
    }

    /// <summary>Which learning rates a test tried, such as <c>181, from 1e-05 to 3.2</c>.</summary>
    public static string Tried(LearningRateSuggestion suggestion)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        IReadOnlyList<LearningRateTrial> trials = suggestion.Trials;
        return trials.Count == 0 ? "none"
            : Invariant($"{trials.Count:N0}, from {trials[0].Alpha:G4} to {trials[^1].Alpha:G4}");
    }

    /// <summary>How a run of a sweep ended: why it stopped, or why it failed.</summary>
    public static string Outcome(SweepRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Error.Length > 0 ? run.Error : run.StopReason?.ToString() ?? "";
    }

    /// <summary>A confusion matrix as a table: digits down, predictions across, a dot for never.</summary>
    public static string Table(ConfusionMatrix confusion) => Table(confusion, "");

    /// <summary>The table of a set whose classes may have names; across, there is room for their numbers.</summary>
    private static string Table(ConfusionMatrix confusion, string set)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[,] counts = confusion.ToArray();
        bool isNamed = ClassNames.Has(set);
        string[] names = [.. Enumerable.Range(0, DigitSet.ClassCount)
            .Select(c => isNamed ? Invariant($"{c} {ClassNames.Text(set, c)}") : Invariant($"{c}"))];
        int left = isNamed ? names.Max(name => name.Length) : 5;
        int width = Math.Max(5, counts.Cast<int>().Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        var table = new StringBuilder((isNamed ? "class" : "digit").PadRight(left)).Append("  taken for").AppendLine();
        table.Append(' ', left);
        AppendCells(c => c);
        for (int label = 0; label < DigitSet.ClassCount; label++)
        {
            table.AppendLine().Append(isNamed ? names[label].PadRight(left) : names[label].PadLeft(left));
            AppendCells(c => counts[label, c] == 0 ? null : counts[label, c]);
        }

        return table.ToString();

        void AppendCells(Func<int, int?> cell)
        {
            for (int c = 0; c < DigitSet.ClassCount; c++)
            {
                table.Append((cell(c)?.ToString(CultureInfo.InvariantCulture) ?? ".").PadLeft(width));
            }
        }
    }

    /// <summary>A step of a trace, below a small picture of the image in the step that takes it in.</summary>
    /// <param name="step">The step.</param>
    /// <param name="host">Where it is printed.</param>
    public static string Trace(TraceStep step, PSHost host)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(host);
        string text = step.ToText(HostScreen.ViewWidthOf(host) ?? UsualTraceWidth);
        if (step.Image is not Digit image)
        {
            return text;
        }

        // A view knows no host: it takes what any terminal shows.
        var screen = new Screen(HostScreen.IsUnicode ? Renderer.Block : Renderer.Ascii, TracePictureWidth);
        TextBlock picture = PictureText.Draw(PictureFit.Fit(Picture.Of(image), PictureSize.Small, screen), screen);
        return string.Join('\n', picture.Lines.Select(line => $"    {line}".TrimEnd()).Append(text));
    }

    /// <summary>A list in a narrow column: PowerShell would break its lines in the middle of a word.</summary>
    private static string BreakAtCommas(string[] parts, int width)
    {
        var text = new StringBuilder();
        int column = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            string part = i < parts.Length - 1 ? parts[i] + "," : parts[i];
            if (column > 0 && column + 1 + part.Length > width)
            {
                text.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(part);
            column += part.Length;
        }

        return text.ToString();
    }

    private static string Write(double? value, string format)
        => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
