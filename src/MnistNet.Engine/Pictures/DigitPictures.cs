using System.Globalization;

namespace MnistNet;

/// <summary>Pictures of digits, with what is known of them below.</summary>
internal static class DigitPictures
{
    /// <summary>A digit: its number, and what it is if that is known.</summary>
    public static Picture Of(Digit digit)
        => Picture.Of(digit, digit.Label is int label
            ? Text($"#{digit.Index}: {ClassNames.Text(digit.Set, label)}")
            : Text($"#{digit.Index}"));

    /// <summary>
    /// A digit that a network was asked about: what it is and what the network said, with the probabilities of both.
    /// </summary>
    public static Picture Of(Digit digit, Prediction prediction)
    {
        string said = Text(
            $"said {ClassNames.Text(digit.Set, prediction.Predicted)}, {Percent(prediction.Confidence)}");
        return prediction.Label is int label
            ? Picture.Of(
                digit,
                Text($"#{digit.Index}: {ClassNames.Text(digit.Set, label)}, ")
                    + Percent(prediction.Probabilities[label]),
                said)
            : Picture.Of(digit, Text($"#{digit.Index}"), said);
    }

    /// <summary>What the pixels of a digit contributed: how much the ink gave, and how much came without it.</summary>
    public static Picture Of(Attribution attribution)
    {
        Digit digit = attribution.Digit;
        double limit = Math.Max(attribution.Contributions.Max(), -attribution.Contributions.Min());
        double[] levels = [.. Enumerable.Range(0, digit.Pixels.Length).Select(i => Picture.Scale(
            attribution.Contributions[i / digit.Columns, i % digit.Columns], limit))];
        string explained = ClassNames.Text(digit.Set, attribution.Class);
        string what = attribution.Versus is int versus
            ? Text($"{explained} against {ClassNames.Text(digit.Set, versus)}")
            : Text($"for {explained}");
        string label = digit.Label is int known ? Text($": {ClassNames.Text(digit.Set, known)}") : "";
        string about = attribution.IsExact ? "" : "about ";
        return new Picture(
            PictureKind.Attribution,
            digit.Rows,
            digit.Columns,
            levels,
            [
                Text($"#{digit.Index}{label}, {what}: {attribution.Logit:F2}"),
                Text($"ink {about}{attribution.Contributions.Sum():F2}, else {attribution.Constant:F2}"),
            ],
            Picture.InkOf(digit));
    }

    /// <summary>What the colours or the signs of an attribution mean.</summary>
    public static string LegendOfAttribution(Screen screen)
        => screen.HasColor ? "red speaks for it, blue against it" : "+*# speak for it, -=% against it";

    /// <summary>A digit beside the probability of each class.</summary>
    public static TextBlock WithProbabilities(Digit digit, Prediction prediction, PictureSize size, Screen screen)
    {
        string[] names = [.. Enumerable.Range(0, DigitSet.ClassCount)
            .Select(i => ClassNames.Text(digit.Set, i))];
        TextBlock bars = BarText.Draw(names, prediction.Probabilities.ToArray(), prediction.Predicted, screen);
        int room = Math.Max(screen.Width - bars.Width - TextSheet.Gap, 1);
        TextBlock picture = PictureText.Draw(PictureFit.Fit(Of(digit, prediction), size, screen with { Width = room }),
            screen);
        return picture.Width + TextSheet.Gap + bars.Width > screen.Width
            ? new TextBlock([.. picture.Lines, .. bars.Lines])
            : TextBlock.Beside([picture, bars], TextSheet.Gap, screen.Renderer);
    }

    /// <summary>Such as <c>97.5 %</c>; a mistake of a very sure network is not rounded to certainty.</summary>
    private static string Percent(double probability)
        => probability is > 0 and < 0.001 ? "<0.1 %" : Text($"{100 * probability:F1} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
