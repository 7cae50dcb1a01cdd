namespace MnistNet;

/// <summary>
/// How much each pixel of a picture stands out from the paper around it: 0 is paper, 255 is black on it. Shadows and
/// gradients change the paper with the ink and leave their ratio alone, so they vanish here.
/// </summary>
internal sealed class InkMap
{
    /// <summary>
    /// A picture is searched at no more than this many pixels a side; a digit needs some forty of them.
    /// </summary>
    private const int LongestSide = 2048;

    /// <summary>The paper is estimated at no more than this many pixels a side.</summary>
    private const int LongestPaperSide = 256;

    /// <summary>How far above the paper ink must stand for there to be any: 28 of 255 levels.</summary>
    private const int LeastContrast = 28;

    /// <summary>Of the ink's full contrast, what the edge of a stroke has at least.</summary>
    private const double EdgeShare = 0.12;

    // Whether the paper is black nearly everywhere, where nothing dark can be written.
    private bool _isBlack;

    private InkMap(int width, int height, byte[] contrast)
    {
        Width = width;
        Height = height;
        Contrast = contrast;
    }

    /// <summary>The width in pixels.</summary>
    public int Width { get; }

    /// <summary>The height in pixels.</summary>
    public int Height { get; }

    /// <summary>The pixels of the picture on a side of one of these.</summary>
    public int Factor { get; private init; } = 1;

    /// <summary>The contrasts, row after row.</summary>
    public byte[] Contrast { get; }

    /// <summary>The contrast that plain paper has: that of its grain.</summary>
    public int Paper { get; private set; }

    /// <summary>The least contrast of what belongs to a stroke when it touches one.</summary>
    public int Edge { get; private set; }

    /// <summary>The least contrast of what makes a stroke by itself.</summary>
    public int Core { get; private set; }

    /// <summary>The contrast of plain ink; 0 when there is none.</summary>
    public int Full { get; private set; }

    /// <summary>Compares a picture with its paper.</summary>
    /// <param name="image">The picture, its ink darker than its paper.</param>
    public static InkMap Of(GreyImage image)
    {
        int workFactor = Resampling.FactorFor(image, LongestSide);
        GreyImage work = Resampling.Shrink(image, workFactor);
        int factor = Resampling.FactorFor(work, LongestPaperSide);
        GreyImage small = Resampling.Shrink(work, factor);
        if (Math.Min(small.Width, small.Height) >= 100)
        {
            // The grain of paper and of JPEG must not decide what the lightest is.
            small = Resampling.Soften(small);
            work = Resampling.Soften(work);
        }

        InkMap map = Compare(work, EstimatePaper(small), factor, workFactor);
        map.Measure();
        return map;
    }

    /// <summary>
    /// The paper under the ink: the closing with the smallest window that fills the strokes up. A larger one would take
    /// broad shadows for ink, a smaller one would find paper inside of strokes.
    /// </summary>
    private static GreyImage EstimatePaper(GreyImage small)
    {
        int shortest = Math.Min(small.Width, small.Height);
        GreyImage best = small;
        double least = double.MaxValue, lastMass = 0;
        for (int radius = Math.Max(1, shortest / 32); ; radius *= 2)
        {
            GreyImage paper = Morphology.Close(small, radius);
            InkMap map = Compare(small, paper, 1);
            if (map._isBlack)
            {
                return paper;
            }

            map.Measure();
            double mass = map.InkMass(), growth = mass / Math.Max(1, lastMass);
            if (lastMass > 0 && growth < least)
            {
                least = growth;
                best = paper;
            }

            if ((lastMass > 0 && growth < 1.1) || radius > shortest / 4)
            {
                return lastMass > 0 ? best : paper;
            }

            lastMass = mass;
        }
    }

    private static InkMap Compare(GreyImage work, GreyImage paper, int factor, int workFactor = 1)
    {
        var map = new InkMap(work.Width, work.Height, new byte[work.Levels.Length]) { Factor = workFactor };
        int black = 0;
        for (int y = 0; y < work.Height; y++)
        {
            // The middle of a pixel of the small picture is the middle of a square of the large one.
            float py = Math.Clamp(((y + 0.5f) / factor) - 0.5f, 0, paper.Height - 1);
            int top = (int)py, bottom = Math.Min(top + 1, paper.Height - 1);
            float shareBelow = py - top;
            ReadOnlySpan<byte> above = paper.Row(top), below = paper.Row(bottom), levels = work.Row(y);
            Span<byte> contrasts = map.Contrast.AsSpan(y * work.Width, work.Width);
            for (int x = 0; x < levels.Length; x++)
            {
                float px = Math.Clamp(((x + 0.5f) / factor) - 0.5f, 0, paper.Width - 1);
                int left = (int)px, right = Math.Min(left + 1, paper.Width - 1);
                float shareRight = px - left;
                float upper = above[left] + (shareRight * (above[right] - above[left]));
                float lower = below[left] + (shareRight * (below[right] - below[left]));
                float level = upper + (shareBelow * (lower - upper));

                // Black on black has no contrast: a black stroke that the window did not fill up is not ink on paper.
                bool isBlack = level < 1;
                black += isBlack ? 1 : 0;
                contrasts[x] = isBlack ? (byte)0 : (byte)Math.Clamp((255 * (1 - (levels[x] / level))) + 0.5f, 0, 255);
            }
        }

        map._isBlack = black > work.Levels.Length / 2;
        return map;
    }

    /// <summary>Tells paper, edges and ink apart by how often each contrast occurs.</summary>
    private void Measure()
    {
        var histogram = new int[256];
        foreach (byte contrast in Contrast)
        {
            histogram[contrast]++;
        }

        // Most of a picture is paper: its median is the paper's, and the spread below it is that of the grain alone.
        Paper = Quantile(histogram, 0, 0.5);
        int grain = Paper - Quantile(histogram, 0, 0.16);
        int above = Paper + Math.Max(LeastContrast, 5 * grain);
        Full = above > 255 || _isBlack ? 0 : Quantile(histogram, above, 0.8);
        Edge = Paper + Math.Max(4 * grain, (int)(EdgeShare * (Full - Paper))) + 1;
        Core = (Paper + Full) / 2;
    }

    /// <summary>
    /// The contrast below which a share of the pixels lie that have a least contrast; 0 when there are none.
    /// </summary>
    private static int Quantile(int[] histogram, int least, double share)
    {
        long wanted = (long)(histogram.Skip(least).Sum(count => (long)count) * share), sum = 0;
        for (int contrast = least; contrast < histogram.Length; contrast++)
        {
            sum += histogram[contrast];
            if (sum > wanted)
            {
                return contrast;
            }
        }

        return 0;
    }

    private double InkMass()
    {
        double mass = 0;
        foreach (byte contrast in Contrast)
        {
            mass += Full > 0 && contrast >= Core ? contrast : 0;
        }

        return mass;
    }
}
