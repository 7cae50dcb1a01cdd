using System.Globalization;

namespace MnistNet;

/// <summary>The weights of a network as pictures: what the units of a layer look for.</summary>
internal static class NetworkPictures
{
    /// <summary>
    /// The side of the image that the units of W1 look at; null when its columns do not make a square.
    /// </summary>
    public static int? SideOf(Matrix w1)
    {
        int side = (int)Math.Round(Math.Sqrt(w1.ColumnCount));
        return side > 1 && side * side == w1.ColumnCount ? side : null;
    }

    /// <summary>
    /// A picture for each of some units of a first layer, all on one scale, and the size of a weight that gets the full
    /// colour. Nearly all are smaller: a few weights are far larger than the rest, and would leave the others in the
    /// dark.
    /// </summary>
    /// <param name="w1">The weights of the first layer.</param>
    /// <param name="units">The units, counted from 0, with what stands below each.</param>
    /// <param name="size">How large the pictures are; a cell of a small one is a mean of weights.</param>
    /// <param name="screen">Where they are shown.</param>
    public static (IReadOnlyList<Picture> Pictures, double Limit) UnitsOf(
        Matrix w1, IReadOnlyList<(int Unit, string Caption)> units, PictureSize size, Screen screen)
    {
        int side = SideOf(w1)!.Value;
        Picture[] raw = [.. units.Select(unit => PictureFit.Fit(
            new Picture(
                PictureKind.Weights,
                side,
                side,
                [.. Enumerable.Range(0, w1.ColumnCount).Select(column => w1[unit.Unit, column])],
                [unit.Caption]),
            size,
            screen))];
        double limit = Quantile(raw.SelectMany(picture => picture.Levels).Select(Math.Abs), 0.995);
        return ([.. raw.Select(picture => picture.Scale(limit))], limit);
    }

    /// <inheritdoc cref="UnitsOf(Matrix, IReadOnlyList{ValueTuple{int, string}}, PictureSize, Screen)"/>
    public static (IReadOnlyList<Picture> Pictures, double Limit) UnitsOf(
        Network network, IReadOnlyList<int> units, PictureSize size, Screen screen)
        => UnitsOf(network.Layers[0].Weights, [.. units.Select(unit => (unit, CaptionOf(network, unit)))], size,
            screen);

    /// <summary>What the colours or the signs of weights mean, with their range.</summary>
    public static string Legend(Matrix weights, double limit, Screen screen)
    {
        string signs = screen.HasColor ? "orange above 0, blue below" : "+*# above 0, -=% below";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{weights.Name} {weights.Shape}, {weights.Min():G3} to {weights.Max():G3}: {signs}, full at {limit:G3}");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];
    }

    /// <summary>
    /// The number of a unit, and, where it acts on the answers directly, the answer that it speaks for most.
    /// </summary>
    private static string CaptionOf(Network network, int unit)
    {
        if (network.Layers.Count != 2)
        {
            return unit.ToString(CultureInfo.InvariantCulture);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{unit} → {AnswerOf(network, unit)}");
    }

    /// <summary>The answer that a hidden unit of a network with one hidden layer speaks for most.</summary>
    public static int AnswerOf(Network network, int unit)
    {
        Matrix w2 = network.Layers[1].Weights;
        int most = 0;
        for (int answer = 1; answer < w2.RowCount; answer++)
        {
            most = w2[answer, unit] > w2[most, unit] ? answer : most;
        }

        return most;
    }
}
