using System.Globalization;

namespace MnistNet;

/// <summary>Pictures of digits, with what is known of them below.</summary>
internal static class DigitPictures
{
    /// <summary>A digit: its number, and what it is if that is known.</summary>
    public static Picture Of(Digit digit)
        => Picture.Of(digit, digit.Label is int label ? Text($"#{digit.Index}: {label}") : Text($"#{digit.Index}"));

    /// <summary>
    /// A digit that a network was asked about: what it is and what the network said, with the probabilities of both.
    /// </summary>
    public static Picture Of(Digit digit, Prediction prediction)
    {
        string said = Text($"said {prediction.Predicted}, {Percent(prediction.Confidence)}");
        return prediction.Label is int label
            ? Picture.Of(digit, Text($"#{digit.Index}: {label}, {Percent(prediction.Probabilities[label])}"), said)
            : Picture.Of(digit, Text($"#{digit.Index}"), said);
    }

    /// <summary>A digit beside the probability of each class.</summary>
    public static TextBlock WithProbabilities(Digit digit, Prediction prediction, PictureSize size, Screen screen)
    {
        string[] names = [.. Enumerable.Range(0, DigitSet.ClassCount)
            .Select(i => i.ToString(CultureInfo.InvariantCulture))];
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
