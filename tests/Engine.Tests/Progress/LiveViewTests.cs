using System.Text.RegularExpressions;
using MnistNet.Cmdlets;

namespace MnistNet.Tests;

/// <summary>A training drawn while it goes on.</summary>
public sealed partial class LiveViewTests
{
    private readonly List<string> _writes = [];
    private (int Width, int Height)? _size = (100, 40);

    [Fact]
    public void Each_frame_is_drawn_over_the_one_before_and_the_last_one_stays()
    {
        using (LiveView view = Make())
        {
            Observe(view, 1);
            view.Draw();
            Observe(view, 2);
        }

        string[] frames = [.. _writes.Where(text => text.Length > 20)];
        Assert.Equal(2, frames.Length);
        int lines = frames[0].Count(character => character == '\n');
        Assert.DoesNotContain("A", CursorUp().Match(frames[0]).Value, StringComparison.Ordinal);
        Assert.Equal($"\e[{lines}A", CursorUp().Match(frames[1]).Value);
        Assert.Contains("unit 9", frames[1], StringComparison.Ordinal);
        Assert.Contains("iteration 2", frames[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_cursor_is_hidden_while_it_draws_and_given_back_whatever_happens()
    {
        Assert.Throws<InvalidOperationException>((Action)Fail);
        Assert.StartsWith("\e[?25l", _writes[0], StringComparison.Ordinal);
        Assert.Equal("\e[?25h", _writes[^1]);

        void Fail()
        {
            using LiveView view = Make();
            Observe(view, 1);
            view.Draw();
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void In_a_window_of_another_size_a_new_frame_begins_and_fits()
    {
        using (LiveView view = Make())
        {
            Observe(view, 1);
            view.Draw();
            _size = (60, 20);
        }

        string frame = _writes[^2];
        Assert.DoesNotMatch(CursorUp(), frame);
        string[] lines = frame.Split('\n');
        Assert.InRange(lines.Length, 5, 20);
        Assert.All(lines, line => Assert.InRange(Sequence().Replace(line, "").Trim('\r').Length, 0, 59));
    }

    [Fact]
    public void The_terminal_is_asked_nothing()
    {
        using (LiveView view = Make())
        {
            Observe(view, 1);
            view.Draw();
        }

        // Colours, the cursor's visibility, clearing to the end of a line and moving up are all there is.
        Assert.All(_writes, text => Assert.DoesNotContain('\e', Known().Replace(text, "")));
    }

    [Fact]
    public void Where_nothing_was_drawn_nothing_is_written()
    {
        using (Make())
        {
        }

        Assert.Empty(_writes);
    }

    [Fact]
    public void A_window_that_becomes_too_small_or_goes_away_is_left_alone()
    {
        using (LiveView view = Make())
        {
            Observe(view, 1);
            view.Draw();
            _size = (20, 5);
            Observe(view, 2);
            view.Draw();
            _size = null;
        }

        Assert.Equal("\e[?25h", _writes[^1]);
        Assert.Single(_writes, text => text.Length > 20);
    }

    [Fact]
    public void A_run_that_diverged_is_drawn_too()
    {
        using (LiveView view = Make())
        {
            view.Observe(new(1, 1, double.NaN, 0.1, null, null, 0.1, double.NaN, 1), Weights);
            view.Draw();
        }

        Assert.Contains("unit 0", _writes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_of_any_length_is_kept_in_a_few_rows_with_the_latest()
    {
        var history = new RunningHistory();
        for (int i = 1; i <= 100_000; i++)
        {
            history.Add(Row(i));
        }

        HistoryRow[] rows = history.ToArray();
        Assert.InRange(rows.Length, 1000, 2049);
        Assert.Equal(1, rows[0].Iteration);
        Assert.Equal(100_000, rows[^1].Iteration);
        Assert.Equal(rows.Select(row => row.Iteration).Order(), rows.Select(row => row.Iteration));
    }

    private LiveView Make() => new(
        _writes.Add, () => _size, Renderer.TrueColor, ()
            => new WorkProgress("iteration 2/700", 0.5, TimeSpan.FromSeconds(3)));

    private static void Observe(LiveView view, int iteration)
        => view.Observe(Row(iteration), Weights);

    private static IReadOnlyList<Matrix> Weights() => Network.Create([10], seed: 1).Parameters;

    private static HistoryRow Row(int iteration)
        => new(iteration, iteration, 2.3 / iteration, 0.5, null, null, 0.1, 1, iteration);

    [GeneratedRegex("\e\\[[0-9]+A")]
    private static partial Regex CursorUp();

    [GeneratedRegex("\e\\[[?0-9;]*[A-Za-z]")]
    private static partial Regex Sequence();

    [GeneratedRegex("\e\\[([0-9;]*m|\\?25[lh]|K|[0-9]+A)")]
    private static partial Regex Known();
}
