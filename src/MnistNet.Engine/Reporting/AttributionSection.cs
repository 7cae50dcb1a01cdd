namespace MnistNet;

/// <summary>Why the worst mistakes were made: which ink spoke for the wrong class and which for the true one.</summary>
internal static class AttributionSection
{
    private const int Side = 112, MostDigits = 8;

    /// <summary>Explaining takes time and memory with the network's size; beyond this it is left out.</summary>
    private const int MostParameters = 20_000_000;

    /// <summary>The section; null where nothing is to be explained, or the network is too large.</summary>
    public static ReportSection? Of(ReportFacts facts)
    {
        if (facts.Evaluation is null || facts.WorthALook.Count == 0 || facts.Options.MaxMistakes == 0
            || facts.Network.ParameterCount > MostParameters)
        {
            return null;
        }

        int most = Math.Min(MostDigits, facts.Options.MaxMistakes);
        Attribution[] explained = [.. facts.WorthALook.Take(most).Select(i => Explain(facts, i))];
        string exact = explained[0].IsExact
            ? "What every pixel contributed adds up to that difference exactly, together with what the biases give."
            : "For this activation the contributions are an approximation: gradient times input.";
        return new ReportSection("attribution", "Why it erred", Html.Of($"""
            <p>The worst mistakes once more. Red ink spoke for the class that was said, blue ink for the true one: the
            sum is how far the score of the one is above that of the other. {exact}</p>
            <div class="digits wide">{explained.Select(one => Figure(facts, one))}</div>
            """))
        {
            Name = "Attribution",
        };
    }

    private static Attribution Explain(ReportFacts facts, int position)
    {
        Digit digit = facts.Subject.Test![position];
        return Attribution.Of(facts.Network, digit, facts.PredictedOf(position), digit.Label);
    }

    private static Html Figure(ReportFacts facts, Attribution attribution)
    {
        string said = facts.NameOf(attribution.Class), truth = facts.NameOf(attribution.Versus!.Value);
        Picture picture = DigitPictures.Of(attribution);
        return ReportImage.Figure(
            ReportImage.Of(picture, Side, $"the ink that spoke for {said} and for {truth}"),
            Html.Of($"said <b>{said}</b>, is <b>{truth}</b>"),
            Html.Of($"ahead by {attribution.Logit:0.0}:"),
            Html.Of($"ink {attribution.Contributions.Sum():+0.0;−0.0}, else {attribution.Constant:+0.0;−0.0}"));
    }
}
