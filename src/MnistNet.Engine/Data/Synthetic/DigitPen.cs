using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MnistNet;

/// <summary>
/// Writes one digit: picks a style, bends and slants it as a random hand would, and draws it with a random pen as a
/// distance field. Holds the working memory of one thread.
/// </summary>
internal sealed class DigitPen
{
    /// <summary>The pieces of line that a curve between two control points is drawn with.</summary>
    private const int PiecesPerCurve = 5;

    /// <summary>
    /// The distance from one row of the canvas to the next: the 20 pixels of the box, filled up to whole vectors.
    /// </summary>
    private const int Stride = 24;

    private readonly float[] _distance = new float[DigitFraming.BoxSide * Stride];
    private readonly List<(double X, double Y)> _points = [];
    private readonly List<PathPoint> _path = [];

    /// <summary>Draws a digit into 784 grey levels.</summary>
    public void Draw(int label, SeededRandom random, Span<byte> image)
    {
        DigitStyle style = PickStyle(DigitStrokes.Styles[label], random);
        var hand = new HandwritingVariation(label, random);
        Shape(style, hand, random);
        Trace(style, hand, random);
        (int rows, int columns) = FitBox(hand.PenRadius);
        Ink(rows, columns, hand.Softness);
        DigitFraming.TryPlace(_distance, rows, columns, Stride, image);
    }

    private static DigitStyle PickStyle(DigitStyle[] styles, SeededRandom random)
    {
        double left = random.NextDouble();
        foreach (DigitStyle style in styles)
        {
            left -= style.Share;
            if (left < 0)
            {
                return style;
            }
        }

        return styles[^1];
    }

    /// <summary>
    /// Mixes the style's extremes, and lets the points drift along each stroke, stray one by one and follow the hand.
    /// </summary>
    private void Shape(DigitStyle style, in HandwritingVariation hand, SeededRandom random)
    {
        Span<double> mixture = stackalloc double[style.Shapes.Length];
        double sum = 0;
        foreach (ref double share in mixture)
        {
            // The fourth power lets one extreme prevail, so that the mixtures do not all look like the mean.
            share = random.NextDouble();
            share *= share;
            share *= share;
            sum += share;
        }

        _points.Clear();
        foreach (Stroke stroke in style.Strokes)
        {
            var drift = new Drift(stroke.Length, random);
            for (int i = 0; i < stroke.Length; i++)
            {
                (double x, double y) = drift.At((2.0 * i / (stroke.Length - 1)) - 1);
                for (int k = 0; k < mixture.Length; k++)
                {
                    (double X, double Y) extreme = style.Shapes[k][stroke.Start + i];
                    x += mixture[k] / sum * extreme.X;
                    y += mixture[k] / sum * extreme.Y;
                }

                _points.Add(
                    hand.Move(x + (hand.Jitter * random.NextNormal()), y + (hand.Jitter * random.NextNormal())));
            }
        }
    }

    /// <summary>
    /// Lays a Catmull–Rom curve through the points of each stroke (E. Catmull and R. Rom, 1974), broken at corners.
    /// </summary>
    private void Trace(DigitStyle style, in HandwritingVariation hand, SeededRandom random)
    {
        _path.Clear();
        foreach (Stroke stroke in style.Strokes)
        {
            int last = stroke.Start + stroke.Length - 1;
            for (int i = stroke.Start; i < last; i++)
            {
                (double X, double Y) p1 = _points[i], p2 = _points[i + 1];
                (double X, double Y) p0 = i == stroke.Start || style.IsCorner[i] ? p1 : _points[i - 1];
                (double X, double Y) p3 = i + 1 == last || style.IsCorner[i + 1] ? p2 : _points[i + 2];
                for (int piece = i == stroke.Start ? 0 : 1; piece <= PiecesPerCurve; piece++)
                {
                    double t = (double)piece / PiecesPerCurve;
                    double along = (i - stroke.Start + t) / (stroke.Length - 1);
                    double radius =
                        hand.PenRadius * hand.Pressure(along) * (1 + (hand.Roughness * random.NextNormal()));
                    _path.Add(new PathPoint(
                        CatmullRom(p0.X, p1.X, p2.X, p3.X, t),
                        CatmullRom(p0.Y, p1.Y, p2.Y, p3.Y, t),
                        Math.Max(0.2, radius),
                        piece == 0));
                }
            }
        }
    }

    private static double CatmullRom(double p0, double p1, double p2, double p3, double t)
        => p1 + (0.5 * t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0))))));

    /// <summary>
    /// Scales the path until its longer side, with the pen's width, is the box's; the pen itself is given in pixels
    /// already.
    /// </summary>
    private (int Rows, int Columns) FitBox(double penRadius)
    {
        Span<PathPoint> path = CollectionsMarshal.AsSpan(_path);
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        foreach (ref readonly PathPoint point in path)
        {
            left = Math.Min(left, point.X);
            right = Math.Max(right, point.X);
            top = Math.Min(top, point.Y);
            bottom = Math.Max(bottom, point.Y);
        }

        double scale = (DigitFraming.BoxSide - (2 * penRadius)) / Math.Max(right - left, bottom - top);
        foreach (ref PathPoint point in path)
        {
            point.X = ((point.X - left) * scale) + penRadius;
            point.Y = ((point.Y - top) * scale) + penRadius;
        }

        return (Cells((bottom - top) * scale), Cells((right - left) * scale));

        int Cells(double length) => Math.Clamp((int)(length + (2 * penRadius) + 0.5), 1, DigitFraming.BoxSide);
    }

    /// <summary>
    /// Fills the canvas with each pixel's distance to the edge of the ink, then turns distances into ink.
    /// </summary>
    private void Ink(int rows, int columns, double softness)
    {
        Span<float> canvas = _distance;
        canvas.Fill(float.MaxValue);
        ReadOnlySpan<PathPoint> path = CollectionsMarshal.AsSpan(_path);
        for (int i = 1; i < path.Length; i++)
        {
            if (!path[i].IsStart)
            {
                AddPiece(canvas, rows, path[i - 1], path[i], (float)softness);
            }
        }

        for (int y = 0; y < rows; y++)
        {
            foreach (ref float cell in canvas.Slice(y * Stride, columns))
            {
                float s = Math.Clamp(0.5f - (cell / (2 * (float)softness)), 0, 1);
                cell = s * s * (3 - (2 * s));
            }
        }
    }

    /// <summary>
    /// Lowers the distances around one piece of line, whose thickness runs evenly from one end's to the other's.
    /// </summary>
    private static void AddPiece(Span<float> canvas, int rows, in PathPoint from, in PathPoint to, float softness)
    {
        float ax = (float)from.X - 0.5f, ay = (float)from.Y - 0.5f, ar = (float)from.Radius;
        float dx = (float)to.X - 0.5f - ax, dy = (float)to.Y - 0.5f - ay, dr = (float)to.Radius - ar;
        float reach = Math.Max(ar, ar + dr) + softness;
        float inverse = 1 / Math.Max(1e-6f, (dx * dx) + (dy * dy));
        int top = Math.Max(0, (int)(Math.Min(ay, ay + dy) - reach)), bottom = Math.Min(
            rows - 1, (int)(Math.Max(ay, ay + dy) + reach) + 1);
        int width = Vector256<float>.Count;
        int left = Math.Max(0, (int)(Math.Min(ax, ax + dx) - reach)) / width * width;
        int right = Math.Min(Stride - 1, (int)(Math.Max(ax, ax + dx) + reach) + 1);
        Vector256<float> lanes = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        for (int x = left; x <= right; x += width)
        {
            Vector256<float> px = lanes + Vector256.Create(x - ax);
            Vector256<float> alongX = px * dx;
            for (int y = top; y <= bottom; y++)
            {
                float py = y - ay;
                Vector256<float> t = (alongX + Vector256.Create(py * dy)) * inverse;
                t = Vector256.Min(Vector256.Max(t, Vector256<float>.Zero), Vector256<float>.One);
                Vector256<float> qx = px - (t * dx), qy = Vector256.Create(py) - (t * dy);
                Vector256<float> distance = Vector256.Sqrt((qx * qx) + (qy * qy)) - (t * dr) - Vector256.Create(ar);
                Span<float> cells = canvas.Slice((y * Stride) + x, width);
                Vector256.Min(distance, Vector256.Create<float>(cells)).CopyTo(cells);
            }
        }
    }

    /// <summary>
    /// A slow, smooth straying along one stroke: Legendre polynomials of degree 1 to 4 with random weights.
    /// </summary>
    private readonly struct Drift
    {
        private readonly (double X, double Y) _first, _second, _third, _fourth;

        public Drift(int points, SeededRandom random)
        {
            // A plain stroke of few points has less room to stray than one with many turns.
            double spread = 0.03 * Math.Min(1, points / 8.0);
            _first = (spread * random.NextNormal(), spread * random.NextNormal());
            _second = (spread * random.NextNormal(), spread * random.NextNormal());
            _third = (spread * random.NextNormal(), spread * random.NextNormal());
            _fourth = (spread * random.NextNormal(), spread * random.NextNormal());
        }

        /// <summary>The displacement at −1, the beginning, to 1, the end.</summary>
        public (double X, double Y) At(double u)
        {
            double u2 = u * u;
            double p2 = ((3 * u2) - 1) / 2, p3 = ((5 * u2) - 3) * u / 2, p4 = ((((35 * u2) - 30) * u2) + 3) / 8;
            return (
                (_first.X * u) + (_second.X * p2) + (_third.X * p3) + (_fourth.X * p4),
                (_first.Y * u) + (_second.Y * p2) + (_third.Y * p3) + (_fourth.Y * p4));
        }
    }

    private record struct PathPoint(double X, double Y, double Radius, bool IsStart);
}
