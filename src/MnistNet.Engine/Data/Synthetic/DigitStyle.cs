using System.Globalization;

namespace MnistNet;

/// <summary>One stroke of the pen: points that a smooth curve passes through.</summary>
/// <param name="Start">The first point's position in the shape's points.</param>
/// <param name="Length">The number of points.</param>
internal readonly record struct Stroke(int Start, int Length);

/// <summary>
/// One way to write a digit: a few extreme shapes with the same strokes and points. Every mixture of the extremes is a
/// shape that somebody writes, so that two of them stand for a whole range of hands.
/// </summary>
internal sealed class DigitStyle
{
    /// <summary>Reads a style.</summary>
    /// <param name="share">How common it is: the share of the digits of its kind.</param>
    /// <param name="shapes">
    /// The extremes. A shape lists points <c>x y</c> in hundredths of a digit's height, y downwards; <c>,</c> divides
    /// points, <c>/</c> lifts the pen, and <c>*</c> after a point makes a corner there.
    /// </param>
    public DigitStyle(double share, params string[] shapes)
    {
        Share = share;
        Shapes = Array.ConvertAll(shapes, ReadPoints);
        string[] strokes = shapes[0].Split('/');
        Strokes = new Stroke[strokes.Length];
        int start = 0;
        for (int i = 0; i < strokes.Length; i++)
        {
            Strokes[i] = new Stroke(start, strokes[i].Split(',').Length);
            start += Strokes[i].Length;
        }

        IsCorner = Array.ConvertAll(shapes[0].Split(',', '/'), point => point.Contains('*'));
    }

    /// <summary>How common the style is; the shares of a digit's styles add up to 1.</summary>
    public double Share { get; }

    /// <summary>The extremes, each a point after another.</summary>
    public (double X, double Y)[][] Shapes { get; }

    /// <summary>Which points belong to which stroke; the same in every extreme.</summary>
    public Stroke[] Strokes { get; }

    /// <summary>Whether the pen turns sharply in a point.</summary>
    public bool[] IsCorner { get; }

    private static (double X, double Y)[] ReadPoints(string shape)
        => Array.ConvertAll(shape.Split(',', '/'), point =>
        {
            string[] numbers = point.Replace("*", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (Read(numbers[0]), Read(numbers[1]));

            static double Read(string number) => int.Parse(number, CultureInfo.InvariantCulture) / 100.0;
        });
}
