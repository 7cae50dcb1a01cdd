namespace MnistNet.Pages;

/// <summary>Strokes as a hand would draw them: lists of points in shares of the canvas's side.</summary>
internal static class Drawings
{
    private const int PiecesPerCurve = 3;

    /// <summary>A digit in one of the ways people write it.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="left">The left edge of its box.</param>
    /// <param name="top">The top edge of its box.</param>
    /// <param name="height">The height of its box.</param>
    /// <param name="style">Which way to write it.</param>
    /// <param name="shape">Which extreme of that way.</param>
    /// <param name="grid">Points of a screen in the canvas's side: a pointer stops at these alone.</param>
    public static double[][][] Digit(
        int digit, double left, double top, double height, int style = 0, int shape = 0, int grid = 400)
    {
        DigitStyle drawn = DigitStrokes.Styles[digit][style % DigitStrokes.Styles[digit].Length];
        (double X, double Y)[] points = drawn.Shapes[shape % drawn.Shapes.Length];
        return
        [
            .. drawn.Strokes.Select(stroke => Curve(points, stroke, drawn.IsCorner)
                .Select(point => new[] { OnGrid(left + (point.X * height)), OnGrid(top + (point.Y * height)) })
                .ToArray()),
        ];

        double OnGrid(double share) => Math.Round(share * grid) / grid;
    }

    /// <summary>A scribble: a long line of random corners.</summary>
    public static double[][][] Scribble(int seed, int corners = 40)
    {
        var random = new SeededRandom(seed, RandomPurpose.Synthesis);
        return [[.. Enumerable.Range(0, corners).Select(_ => new[] { random.NextDouble(), random.NextDouble() })]];
    }

    // A Catmull–Rom curve through a stroke's points, broken at corners.
    private static IEnumerable<(double X, double Y)> Curve(
        (double X, double Y)[] points, Stroke stroke, bool[] isCorner)
    {
        int last = stroke.Start + stroke.Length - 1;
        for (int i = stroke.Start; i < last; i++)
        {
            (double X, double Y) p1 = points[i], p2 = points[i + 1];
            (double X, double Y) p0 = i == stroke.Start || isCorner[i] ? p1 : points[i - 1];
            (double X, double Y) p3 = i + 1 == last || isCorner[i + 1] ? p2 : points[i + 2];
            for (int piece = i == stroke.Start ? 0 : 1; piece <= PiecesPerCurve; piece++)
            {
                double t = (double)piece / PiecesPerCurve;
                yield return (Blend(p0.X, p1.X, p2.X, p3.X, t), Blend(p0.Y, p1.Y, p2.Y, p3.Y, t));
            }
        }
    }

    private static double Blend(double p0, double p1, double p2, double p3, double t)
        => p1 + (0.5 * t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0))))));
}
