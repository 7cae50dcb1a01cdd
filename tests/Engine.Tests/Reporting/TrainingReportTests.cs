using System.Text;
using System.Text.RegularExpressions;

namespace MnistNet.Tests;

public sealed class TrainingReportTests
{
    [Theory]
    [InlineData(10, 200_000)]
    [InlineData(256, 1_500_000)]
    public void The_page_of_a_usual_network_is_light(int hidden, int most)
        => Assert.InRange(Encoding.UTF8.GetByteCount(
            Reports.Page(Reports.Subject with { Network = Network.Create([hidden]) })), 1000, most);

    [Fact]
    public void Without_a_training_there_are_no_curves()
    {
        string page = Reports.Page(new ReportSubject(Reports.Trained.Network) { Test = Reports.Digits.Test });
        Assert.Null(Markup.Section(page, "curves"));
        Assert.NotNull(Markup.Section(page, "confusion"));
        Markup.RequireBalance(page);
    }

    [Fact]
    public void A_training_without_a_history_has_no_curves_either()
    {
        TrainingResult silent = Copy(Reports.Trained, []);
        string page = Reports.Page(ReportSubject.Of(silent));
        Assert.Null(Markup.Section(page, "curves"));
        Assert.NotNull(Markup.Section(page, "summary"));
    }

    [Fact]
    public void Without_digits_there_are_no_mistakes_but_a_network_that_checks_itself()
    {
        string page = Reports.Page(ReportSubject.Of(Reports.Trained));
        Assert.All(
            new[] { "confusion", "mistakes", "attribution", "classes" }, id => Assert.Null(Markup.Section(page, id)));
        Assert.NotNull(Markup.Section(page, "weights"));
        Assert.Equal(20, Markup.Data(page).GetProperty("checks").GetProperty("count").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Markup.Data(page).GetProperty("unlike").ValueKind);
    }

    [Fact]
    public void Without_labels_the_digits_are_shown_that_the_network_is_least_sure_of()
    {
        DigitSet unlabelled = Reports.Unlabelled(Reports.Digits.Test);
        string page = Reports.Page(new ReportSubject(Reports.Trained.Network) { Test = unlabelled });
        string section = Markup.Section(page, "mistakes")!;
        Assert.Contains("least sure", section, StringComparison.Ordinal);
        Assert.Equal(40, Markup.StartsOf(section, "figure").Count);
        double[] sure = [.. Regex.Matches(Markup.TextOf(section), @"said \d ([\d.]+) %")
            .Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(sure.Order(), sure);
        Assert.Null(Markup.Section(page, "confusion"));
        Markup.RequireBalance(page);
    }

    [Fact]
    public void A_network_of_ten_layers_is_drawn_on_all_the_same()
    {
        Network deep = Network.Create([10, 10, 10, 10, 10, 10, 10, 10, 10], seed: 1);
        string page = Reports.Page(Reports.Subject with { Network = deep, Training = null });
        Assert.Equal(11, Markup.Data(page).GetProperty("network").GetProperty("layers").GetArrayLength());
        Assert.Contains("id=\"draw-app\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_widest_network_is_left_out_with_the_reason()
    {
        Network wide = Network.Create([16384], initializer: Initializer.Zero);
        string page = Reports.Page(new ReportSubject(wide) { Test = Reports.Digits.Test.Take(10) });
        Assert.Contains(
            "Drawing was left out: the 13,025,290 parameters of this network would make the page too heavy",
            Markup.TextOf(Markup.Section(page, "draw")!),
            StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"draw-app\"", page, StringComparison.Ordinal);
        Assert.Null(Markup.Section(page, "check"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Markup.Data(page).GetProperty("network").ValueKind);
        Assert.InRange(page.Length, 1000, 500_000);
    }

    [Fact]
    public void A_network_that_looks_at_other_images_is_left_out_with_the_reason()
    {
        string page = Reports.Page(new ReportSubject(Network.Create([4], inputs: 36)));
        Assert.Contains(
            "Drawing was left out: a drawing is framed in 28×28 pixels, and this network looks at 36 pixels.",
            Markup.TextOf(page),
            StringComparison.Ordinal);
        Assert.NotNull(Markup.Section(page, "weights"));
    }

    [Fact]
    public void Digits_of_another_size_than_the_networks_are_refused()
        => Assert.Equal(
            "NetworkDataShapeMismatch",
            Assert.Throws<ShapeException>(() => Reports.Page(
                new ReportSubject(Network.Create([4], inputs: 36)) { Test = Reports.Digits.Test })).ErrorId);

    [Fact]
    public void A_network_without_hidden_layers_shows_its_classes()
    {
        string page = Reports.Page(Reports.Subject with { Network = Network.Create([], seed: 2), Training = null });
        Assert.Contains("The weights of the 10 classes", Markup.Section(page, "weights")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_mistakes_says_so()
    {
        DigitSet right = Reports.Digits.Test.Select(
            [.. Enumerable.Range(0, 200).Where(i => Reports.Facts(Reports.Subject).PredictedOf(i)
                == Reports.Digits.Test.Labels[i]).Take(5)]);
        string page = Reports.Page(Reports.Subject with { Test = right });
        Assert.Contains("not one mistake", page, StringComparison.Ordinal);
        Assert.Null(Markup.Section(page, "mistakes"));
        Assert.Null(Markup.Section(page, "attribution"));
    }

    [Fact]
    public void Progress_is_told_and_a_cancelled_page_is_not_written()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var told = new List<double>();
        Assert.Throws<OperationCanceledException>(() => TrainingReport.Save(
            folder["page.html"],
            Reports.Subject,
            new ReportOptions(),
            progress: (_, share) =>
            {
                told.Add(share);
                cancellation.Cancel();
            },
            cancellation: cancellation.Token));
        Assert.NotEmpty(told);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_missing_folder_is_said_and_a_failure_leaves_the_old_page()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(
            () => TrainingReport.Save(folder["none/page.html"], Reports.Subject, new ReportOptions()));

        folder.Write("page.html", "old"u8.ToArray());
        Assert.Throws<IOException>(() => TrainingReport.Save(
            folder["page.html"], Reports.Subject, new ReportOptions(), overwrite: false));
        Assert.Equal("old", File.ReadAllText(folder["page.html"]));
        TrainingReport.Save(folder["page.html"], Reports.Subject, new ReportOptions());
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
        Assert.Equal(["page.html"], folder.Names);
    }

    [Fact]
    public void A_disk_that_fills_is_reported_and_leaves_the_old_page()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        using var folder = new TemporaryFolder();
        folder.Write("page.html", "old"u8.ToArray());
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["page.html"], _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            TrainingReport.Write(full, Reports.Page(Reports.Subject));
        }));
        Assert.Equal("old", File.ReadAllText(folder["page.html"]));
        Assert.Equal(["page.html"], folder.Names);
    }

    [Fact]
    public void One_epoch_makes_numbers_and_no_curve()
    {
        TrainingResult training = Reports.Train([5], new TrainingSettings { BatchSize = 50, Epochs = 1 });
        string section = Markup.Section(Reports.Page(ReportSubject.Of(training)), "curves")!;
        Assert.Empty(Markup.StartsOf(section, "svg"));
        Assert.Equal(2, Markup.StartsOf(section, "tr").Count);
        Assert.Empty(Markup.StartsOf(section, "details"));
    }

    private static TrainingResult Copy(TrainingResult training, IReadOnlyList<HistoryRow> history) => new()
    {
        Network = training.Network,
        Alpha = training.Alpha,
        Iterations = training.Iterations,
        TrainAccuracy = null,
        TestAccuracy = null,
        Loss = null,
        Seconds = 0,
        ImagesPerSecond = 0,
        StopReason = StopReason.Cancelled,
        Seed = 1,
        Settings = training.Settings,
        Data = training.Data,
        History = history,
    };
}
