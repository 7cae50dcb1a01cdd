using System.ComponentModel;
using System.Globalization;
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
    private const int MostPairs = 6, TraceWidth = 40;

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
        page.AppendLine("digit   count  precision  recall      F1");
        foreach (ClassMetrics c in evaluation.Classes)
        {
            page.AppendLine(Invariant(
                $"{c.Digit,5} {c.Count,7} {Decimals(c.Precision),10} {Decimals(c.Recall),7} {Decimals(c.F1),7}"));
        }

        page.AppendLine().AppendLine(Table(evaluation.Confusion));
        if (evaluation.MostConfused.Count > 0)
        {
            page.AppendLine();
            page.Append("Most confused: ").AppendJoin(", ", evaluation.MostConfused.Take(MostPairs));
        }

        return page.ToString().TrimEnd();
    }

    /// <summary>How a run of a sweep ended: why it stopped, or why it failed.</summary>
    public static string Outcome(SweepRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Error.Length > 0 ? run.Error : run.StopReason?.ToString() ?? "";
    }

    /// <summary>A confusion matrix as a table: digits down, predictions across, a dot for never.</summary>
    public static string Table(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[,] counts = confusion.ToArray();
        int width = Math.Max(5, counts.Cast<int>().Max().ToString(CultureInfo.InvariantCulture).Length + 1);
        var table = new StringBuilder("digit  taken for").AppendLine().Append("     ");
        AppendCells(c => c);
        for (int label = 0; label < DigitSet.ClassCount; label++)
        {
            table.AppendLine().Append(CultureInfo.InvariantCulture, $"{label,5}");
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
    public static string Trace(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Image is not Digit image)
        {
            return step.ToText();
        }

        // A view knows no host: it takes what any terminal shows.
        var screen = new Screen(HostScreen.IsUnicode ? Renderer.Block : Renderer.Ascii, TraceWidth);
        TextBlock picture = PictureText.Draw(PictureFit.Fit(Picture.Of(image), PictureSize.Small, screen), screen);
        return string.Join('\n', picture.Lines.Select(line => $"    {line}".TrimEnd()).Append(step.ToText()));
    }

    private static string Write(double? value, string format)
        => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
