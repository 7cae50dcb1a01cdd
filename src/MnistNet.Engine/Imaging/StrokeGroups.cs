using System.Globalization;
using static System.FormattableString;

namespace MnistNet;

/// <summary>The strokes of one digit.</summary>
/// <param name="Strokes">At least one.</param>
internal sealed record StrokeGroup(IReadOnlyList<InkStroke> Strokes)
{
    /// <summary>The box around all of them.</summary>
    public PixelBox Box { get; } = Strokes.Select(stroke => stroke.Box).Aggregate((a, b) => a.With(b));

    /// <summary>How much full ink they have.</summary>
    public long Core => Strokes.Sum(stroke => (long)stroke.Core);
}

/// <summary>
/// Decides which strokes make a digit together: parts one above the other, as the bar of a five, and pieces of a stroke
/// that the pen broke off. All distances are shares of a digit's height, so that the size of the picture does not
/// matter.
/// </summary>
internal static class StrokeGroups
{
    /// <summary>The most strokes; more are texture, not writing.</summary>
    private const int MaximumStrokes = 2000;

    /// <summary>Strokes with less of the largest one's ink are dirt.</summary>
    private const double DirtShare = 0.01;

    /// <summary>The gap across which a part belongs to the digit above or below it.</summary>
    private const double GapBelow = 0.35;

    /// <summary>The gap across which a piece belongs to the stroke it broke off from.</summary>
    private const double GapBeside = 0.12;

    /// <summary>Lower than this is not a digit of its own: a piece, a dash, a dot.</summary>
    private const double LeastHeight = 0.5;

    /// <summary>Lower than this share of the page's digits is not a digit, even in a line of its own.</summary>
    private const double LeastHeightOfAll = 0.2;

    /// <summary>How much higher than others a digit may be.</summary>
    private const double MostHeight = 1.5;

    /// <summary>Gathers strokes into digits.</summary>
    /// <param name="strokes">The strokes of a picture.</param>
    /// <param name="map">The picture.</param>
    /// <param name="multiple">Whether it holds several digits.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="say">Is told what was decided.</param>
    /// <exception cref="DataFormatException">There are several digits where one was expected, or far too many
    /// strokes.</exception>
    public static IReadOnlyList<StrokeGroup> Gather(
        IReadOnlyList<InkStroke> strokes, InkMap map, bool multiple, string path, Action<string> say)
    {
        InkStroke[] clean = WithoutDirt(WithoutRim(strokes, map, say), say);
        if (clean.Length > MaximumStrokes)
        {
            throw new DataFormatException("NotWriting", path, string.Create(
                CultureInfo.InvariantCulture,
                $"{clean.Length:N0} separate dark spots were found, which is texture and not writing. Write on plain "
                    + $"paper."));
        }

        double height = TypicalHeight(clean.Select(stroke => stroke.Box));
        List<StrokeGroup> groups = Join(clean, height);
        IReadOnlyList<StrokeGroup> digits = multiple ? InReadingOrder(groups, height, say) : [One(groups, path, say)];
        foreach (StrokeGroup digit in digits)
        {
            PixelBox box = digit.Box;
            say(Invariant($"a digit of {Strokes(digit)}, ")
                + Invariant($"{box.Width * map.Factor} × {box.Height * map.Factor} pixels at ")
                + Invariant($"({box.Left * map.Factor}, {box.Top * map.Factor})"));
        }

        return digits;
    }

    /// <summary>
    /// Leaves out what runs along the rim of the picture, such as the table beside the sheet, if there is anything
    /// else.
    /// </summary>
    private static IReadOnlyList<InkStroke> WithoutRim(IReadOnlyList<InkStroke> strokes, InkMap map, Action<string> say)
    {
        InkStroke[] inner = [.. strokes.Where(stroke => !IsRim(stroke.Box))];
        if (inner.Length is 0 || inner.Length == strokes.Count)
        {
            return strokes;
        }

        say(Invariant($"{strokes.Count - inner.Length} dark parts along the rim of the picture were left out"));
        return inner;

        bool IsRim(PixelBox box)
        {
            int sides =
                (box.Left == 0 ? 1 : 0) + (box.Top == 0 ? 1 : 0) + (box.Right == map.Width ? 1 : 0)
                    + (box.Bottom == map.Height ? 1 : 0);
            return sides >= 3 || (sides >= 1 && (box.Width > 0.9 * map.Width || box.Height > 0.9 * map.Height));
        }
    }

    private static InkStroke[] WithoutDirt(IReadOnlyList<InkStroke> strokes, Action<string> say)
    {
        double least = DirtShare * strokes.Max(stroke => stroke.Core);
        InkStroke[] clean = [.. strokes.Where(stroke => stroke.Core >= least)];
        if (clean.Length < strokes.Count)
        {
            say(Invariant($"{strokes.Count - clean.Length} specks were left out"));
        }

        return clean;
    }

    /// <summary>
    /// The height at which half of the weight lies; a box weighs more the higher it is, so that pieces count little.
    /// </summary>
    private static double TypicalHeight(IEnumerable<PixelBox> boxes)
    {
        int[] heights = [.. boxes.Select(box => box.Height).Order()];
        double half = heights.Sum(Weight) / 2, sum = 0;
        return heights.First(height => (sum += Weight(height)) >= half);

        static double Weight(int height) => height * Math.Sqrt(height);
    }

    private static List<StrokeGroup> Join(IReadOnlyList<InkStroke> strokes, double height)
    {
        List<StrokeGroup> groups = [.. strokes.Select(stroke => new StrokeGroup([stroke]))];
        for (int i = 0; i < groups.Count; i++)
        {
            for (int k = i + 1; k < groups.Count; k++)
            {
                if (BelongTogether(groups[i].Box, groups[k].Box, height))
                {
                    groups[i] = new StrokeGroup([.. groups[i].Strokes, .. groups[k].Strokes]);
                    groups.RemoveAt(k);

                    // The larger box may reach what the smaller one did not.
                    k = i;
                }
            }
        }

        return groups;
    }

    private static bool BelongTogether(PixelBox a, PixelBox b, double height)
    {
        // Pages may hold small digits beside large ones: two halves tell how large theirs is.
        height = Math.Min(height, 2.0 * Math.Max(a.Height, b.Height));
        PixelBox both = a.With(b);
        if (both.Height > MostHeight * height && both.Height > Math.Max(a.Height, b.Height))
        {
            return false;
        }

        bool above = a.SharedColumns(b) >= 0.5 * Math.Min(a.Width, b.Width) && -a.SharedRows(b) <= GapBelow * height;
        bool isPiece = Math.Min(a.Height, b.Height) < LeastHeight * height && both.Width <= 1.3 * height;
        return above || (isPiece && a.Gap(b) <= GapBeside * height);
    }

    /// <summary>The largest group, with what lies near it; another of its size beside it is another digit.</summary>
    private static StrokeGroup One(List<StrokeGroup> groups, string path, Action<string> say)
    {
        StrokeGroup main = groups.MaxBy(group => group.Core)!;
        int size = Math.Max(main.Box.Width, main.Box.Height);
        StrokeGroup[] others = [.. groups.Where(group =>
            group != main && group.Box.Height >= 0.6 * main.Box.Height && group.Box.Gap(main.Box) >= 0.2 * size)];
        if (others.Length > 0)
        {
            throw new DataFormatException("SeveralDigits", path, Invariant(
                $"the picture holds {others.Length + 1} digits apart from each other, and one was expected. ")
                + "Read all of them with `Multiple`, or cut the picture to one.");
        }

        StrokeGroup[] near = [.. groups.Where(group => group.Box.Gap(main.Box) <= GapBelow * size)];
        if (near.Length < groups.Count)
        {
            say(Invariant($"{groups.Count - near.Length} marks far from the digit were left out"));
        }

        return new StrokeGroup([.. near.SelectMany(group => group.Strokes)]);
    }

    /// <summary>Line by line from the top, each line from left to right; what is low in its line is left out.</summary>
    private static List<StrokeGroup> InReadingOrder(List<StrokeGroup> groups, double height, Action<string> say)
    {
        var lines = new List<List<StrokeGroup>>();
        foreach (StrokeGroup group in groups.OrderBy(group => group.Box.Top))
        {
            // A line is known by any of its digits: one that climbs is still a line.
            List<StrokeGroup>? line = lines.Find(line => line.Any(other =>
                other.Box.SharedRows(group.Box) >= 0.5 * Math.Min(other.Box.Height, group.Box.Height)));
            if (line is null)
            {
                lines.Add(line = []);
            }

            line.Add(group);
        }

        List<StrokeGroup> digits = [.. lines.SelectMany(line => Tall(line, height).OrderBy(digit => digit.Box.Left))];
        if (digits.Count < groups.Count)
        {
            say(Invariant($"{groups.Count - digits.Count} marks too low for a digit were left out, ")
                + "such as dots and dashes");
        }

        return digits;
    }

    private static IEnumerable<StrokeGroup> Tall(List<StrokeGroup> line, double height)
    {
        double least = Math.Max(
            LeastHeight * TypicalHeight(line.Select(group => group.Box)), LeastHeightOfAll * height);
        return line.Where(group => group.Box.Height >= least);
    }

    private static string Strokes(StrokeGroup digit)
        => Invariant($"{digit.Strokes.Count} stroke{(digit.Strokes.Count == 1 ? "" : "s")}");
}
