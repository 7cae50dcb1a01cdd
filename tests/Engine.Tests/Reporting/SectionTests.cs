using System.Globalization;
using System.Text.RegularExpressions;

namespace MnistNet.Tests;

public sealed class SectionTests
{
    private static readonly ReportFacts s_facts = Reports.Facts(Reports.Subject);

    [Fact]
    public void The_summary_tells_accuracy_interval_and_command()
    {
        string text = Markup.TextOf(SummarySection.Of(Reports.Facts(
            Reports.Subject, new ReportOptions { Command = "train -a <0.1>" })).Content.ToString());
        Evaluation evaluation = s_facts.Evaluation!;
        Assert.Contains(ReportNumbers.Exact(evaluation.Accuracy), text, StringComparison.Ordinal);
        Assert.Contains(ReportNumbers.Range(evaluation.AccuracyInterval), text, StringComparison.Ordinal);
        Assert.Contains("7,960", text, StringComparison.Ordinal);
        Assert.Contains("as planned after 40 updates", text, StringComparison.Ordinal);
        Assert.EndsWith("The command that repeats it train -a <0.1>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_are_those_of_the_evaluation()
    {
        Evaluation measured = Evaluation.Measure(Reports.Trained.Network, Reports.Digits.Test);
        Assert.Equal(measured.Accuracy, s_facts.Evaluation!.Accuracy);
        Assert.Equal(measured.Loss, s_facts.Evaluation.Loss);
        Assert.Equal(measured.Confusion.ToArray(), s_facts.Evaluation.Confusion.ToArray());
    }

    [Fact]
    public void A_cell_of_the_confusion_holds_its_count_and_names_both_classes()
    {
        string html = ConfusionSection.Of(s_facts)!.Content.ToString();
        MatchCollection cells = Regex.Matches(
            html, "<td class=\"(\\w+)\"[^>]*data-true=\"(\\d)\" data-predicted=\"(\\d)\">(\\d+)</td>");
        Assert.Equal(100, cells.Count);
        foreach (Match cell in cells)
        {
            int label = int.Parse(cell.Groups[2].Value, CultureInfo.InvariantCulture);
            int predicted = int.Parse(cell.Groups[3].Value, CultureInfo.InvariantCulture);
            int count = s_facts.Evaluation!.Confusion[label, predicted];
            Assert.Equal(count, int.Parse(cell.Groups[4].Value, CultureInfo.InvariantCulture));
            Assert.Equal(count == 0 ? "none" : label == predicted ? "right" : "wrong", cell.Groups[1].Value);
        }
    }

    [Fact]
    public void Mistakes_and_right_answers_are_coloured_on_scales_of_their_own()
    {
        string html = ConfusionSection.Of(s_facts)!.Content.ToString();
        Assert.All(
            new[] { "right", "wrong" }, kind => Assert.Contains($"class=\"{kind}\" style=\"--share:1.00\"", html));
    }

    [Fact]
    public void Mistakes_come_worst_first_with_both_classes_and_both_probabilities()
    {
        string html = MistakesSection.Of(s_facts)!.Content.ToString();
        Prediction[] wrong = [.. Predictor.Predict(Reports.Trained.Network, Reports.Digits.Test)
            .Where(prediction => prediction.IsCorrect == false)
            .OrderByDescending(prediction => prediction.Loss)
            .Take(40)];
        MatchCollection figures = Regex.Matches(html, "<figure .*?</figure>", RegexOptions.Singleline);
        Assert.Equal(wrong.Length, figures.Count);
        for (int i = 0; i < wrong.Length; i++)
        {
            Prediction one = wrong[i];
            string figure = figures[i].Value;
            Assert.Contains($"data-true=\"{one.Label}\" data-predicted=\"{one.Predicted}\"", figure);
            Assert.Equal(
                $"is {one.Label} {ReportNumbers.Percent(one.Probabilities[one.Label!.Value])} "
                    + $"said {one.Predicted} {ReportNumbers.Percent(one.Confidence)}",
                Markup.TextOf(figure));
            Assert.Contains($"#{one.Index}\"", figure);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void No_more_mistakes_are_shown_than_asked_for(int most)
    {
        ReportFacts facts = Reports.Facts(Reports.Subject, new ReportOptions { MaxMistakes = most });
        int shown = MistakesSection.Of(facts) is ReportSection section
            ? Markup.StartsOf(section.Content.ToString(), "figure").Count
            : 0;
        Assert.Equal(most, shown);
        Assert.Equal(most == 0, AttributionSection.Of(facts) is null);
    }

    [Fact]
    public void A_class_is_told_with_the_intervals_of_its_shares()
    {
        string html = ClassesSection.Of(s_facts)!.Content.ToString();
        foreach (ClassMetrics metrics in s_facts.Evaluation!.Classes)
        {
            string recall = ReportNumbers.Range(ConfidenceInterval.OfShare(metrics.Correct, metrics.Count));
            Assert.Contains(
                $"<tr><th scope=\"row\">{metrics.Digit}</th><td>{metrics.Count}</td>"
                    + $"<td>{ReportNumbers.Exact(metrics.Recall)}</td><td>{recall}</td>",
                html);
        }
    }

    [Fact]
    public void A_class_without_digits_has_a_dash_and_no_interval()
    {
        DigitSet threes = Reports.Digits.Test.Select(
            [.. Enumerable.Range(0, 200).Where(i => Reports.Digits.Test.Labels[i] == 3)]);
        string html = ClassesSection.Of(Reports.Facts(Reports.Subject with { Test = threes }))!.Content.ToString();
        Assert.Contains("<th scope=\"row\">5</th><td>0</td><td>–</td><td>–</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_is_captioned_with_the_class_that_it_speaks_for_most()
    {
        string text = Markup.TextOf(WeightsSection.Of(s_facts)!.Content.ToString());
        Matrix w2 = Reports.Trained.Network["W2"]!;
        for (int unit = 0; unit < 10; unit++)
        {
            int best = Enumerable.Range(0, 10).MaxBy(answer => w2[answer, unit]);
            Assert.Contains($"{unit} → {best}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_many_units_the_hundred_that_speak_loudest_are_shown()
    {
        Network wide = Network.Create([130], seed: 3);
        ReportSection section = WeightsSection.Of(Reports.Facts(new ReportSubject(wide)))!;
        string html = section.Content.ToString();
        Assert.Equal(100, Markup.StartsOf(html, "figure").Count);
        Assert.Contains("100 of the 130 units", html, StringComparison.Ordinal);

        Matrix w2 = wide["W2"]!;
        double Loudness(int unit) => Enumerable.Range(0, 10).Sum(answer => w2[answer, unit] * w2[answer, unit]);
        int[] shown = UnitPictures.Loudest(wide, 100);
        Assert.True(shown.Min(Loudness) >= Enumerable.Range(0, 130).Except(shown).Max(Loudness));
    }

    [Fact]
    public void Ink_and_the_rest_add_up_to_how_far_the_wrong_class_is_ahead()
    {
        string text = Markup.TextOf(AttributionSection.Of(s_facts)!.Content.ToString());
        MatchCollection sums = Regex.Matches(text, @"ahead by ([\d.]+): ink ([+−][\d.]+), else ([+−][\d.]+)");
        Assert.NotEmpty(sums);
        Assert.All(sums, sum => Assert.Equal(
            Number(sum.Groups[1].Value), Number(sum.Groups[2].Value) + Number(sum.Groups[3].Value), 0.16));

        static double Number(string number)
            => double.Parse(number.Replace('−', '-'), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Behind_the_curves_are_their_numbers_the_first_and_the_last_among_them()
    {
        string html = CurvesSection.Of(s_facts)!.Content.ToString();
        Assert.Equal(2, Markup.StartsOf(html, "svg").Count);
        IReadOnlyList<HistoryRow> history = Reports.Trained.History;
        Assert.Equal(1 + 30, Markup.StartsOf(html, "tr").Count);
        Assert.All(new[] { history[0], history[^1] }, row => Assert.Contains(
            $"<th scope=\"row\">{row.Iteration}</th><td>{row.Epoch}</td><td>{ReportNumbers.Number(row.Loss)}</td>",
            html));
    }

    [Fact]
    public void Classes_are_called_by_their_names_where_the_dataset_has_them()
    {
        var clothes = new DigitSet(
            "Fashion-MNIST test", Reports.Digits.Test.Pixels.ToArray(), Reports.Digits.Test.Labels.ToArray());
        string page = Reports.Page(Reports.Subject with { Test = clothes });
        Assert.All(
            new[] { "confusion", "classes" },
            id => Assert.Contains("<th scope=\"row\">Ankle boot</th>", Markup.Section(page, id)!));
        Assert.Contains("Trouser", Markup.TextOf(Markup.Section(page, "mistakes")!), StringComparison.Ordinal);
        Assert.Equal("Ankle boot", Markup.Data(page).GetProperty("classNames")[9].GetString());
    }

    [Fact]
    public void Snapshots_stand_side_by_side_the_first_the_middle_and_the_last()
    {
        TrainingResult training = Reports.Train([10], new TrainingSettings { Iterations = 20, SnapshotEvery = 2 });
        string page = Reports.Page(ReportSubject.Of(training));
        string section = Markup.Section(page, "snapshots")!;
        Assert.Equal(30, Markup.StartsOf(section, "img").Count);
        Assert.Equal(
            ["0", "10", "20"],
            Regex.Matches(section, "after (\\d+) updates").Select(match => match.Groups[1].Value));
        Assert.Contains("id=\"snapshot-app\"", section, StringComparison.Ordinal);
    }
}
