using static System.FormattableString;

namespace MnistNet;

/// <summary>The digits that are worth a look: the mistakes, the worst first.</summary>
internal static class MistakesSection
{
    private const int Side = 84;

    /// <summary>The section; null without digits.</summary>
    public static ReportSection? Of(ReportFacts facts)
    {
        if (facts.Subject.Test is not DigitSet test || facts.Options.MaxMistakes == 0
            || (test.IsLabeled && facts.WorthALook.Count == 0))
        {
            return null;
        }

        int[] shown = [.. facts.WorthALook.Take(facts.Options.MaxMistakes)];
        return test.IsLabeled
            ? new ReportSection("mistakes", "Where it errs", Html.Of($"""
                <p>{Words(shown.Length, facts.WorthALook.Count)} The worst stand first: those where the network gave the
                true class the least. Below each: what it is and what it was taken for, with the probability of
                both.</p>
                <div id="mistake-list" class="digits">{shown.Select(i => Mistake(facts, test[i], i))}</div>
                """))
            {
                Name = "Mistakes",
            }
            : new ReportSection("mistakes", "Where it is least sure", Html.Of($"""
                <p>These digits have no labels, so there are no mistakes to show: these are the
                {shown.Length} that the network is least sure of.</p>
                <div id="mistake-list" class="digits">{shown.Select(i => Unsure(facts, test[i], i))}</div>
                """))
            {
                Name = "Unsure",
            };
    }

    private static string Words(int shown, int all) => shown == all
        ? Invariant($"{(all == 1 ? "The one mistake." : Invariant($"All {all:N0} mistakes."))}")
        : Invariant($"{shown} of {all:N0} mistakes.");

    private static Html Mistake(ReportFacts facts, Digit digit, int position)
    {
        int label = digit.Label!.Value, predicted = facts.PredictedOf(position);
        string name = facts.NameOf(label), taken = facts.NameOf(predicted);
        Html image = ReportImage.Of(Picture.Of(digit), Side, $"{name}, taken for {taken}");
        return Html.Of($"""
            <figure data-true="{label}" data-predicted="{predicted}" title="{NameOf(digit)}">{image}<figcaption>
            <span>is <b>{name}</b> {ReportNumbers.Percent(facts.ProbabilityOf(position, label))}</span>
            <span>said <b>{taken}</b> {ReportNumbers.Percent(facts.ProbabilityOf(position, predicted))}</span>
            </figcaption></figure>

            """);
    }

    private static Html Unsure(ReportFacts facts, Digit digit, int position)
    {
        int predicted = facts.PredictedOf(position);
        string taken = facts.NameOf(predicted);
        Html image = ReportImage.Of(Picture.Of(digit), Side, $"a digit taken for {taken}");
        return Html.Of($"""
            <figure data-predicted="{predicted}" title="{NameOf(digit)}">{image}<figcaption>
            <span>said <b>{taken}</b> {ReportNumbers.Percent(facts.ProbabilityOf(position, predicted))}</span>
            </figcaption></figure>

            """);
    }

    /// <summary>Where the digit comes from: its file, or its number in its set.</summary>
    private static string NameOf(Digit digit) => digit.Source ?? Invariant($"{digit.Set} #{digit.Index}").Trim();
}
