using static System.FormattableString;

namespace MnistNet;

/// <summary>The first layer's units as images, on one scale.</summary>
internal static class UnitPictures
{
    private static readonly Screen s_page = new(Renderer.TrueColor, 1000);

    /// <summary>
    /// Some units of the first layer: all, or those that speak to the next layer the loudest, in the order of the
    /// layer.
    /// </summary>
    public static int[] Loudest(Network network, int most)
    {
        int units = network.Layers[0].Outputs;
        if (network.Layers.Count == 1 || units <= most)
        {
            return [.. Enumerable.Range(0, Math.Min(units, most))];
        }

        Matrix next = network.Layers[1].Weights;
        double[] loudness = [.. Enumerable.Range(0, units).Select(unit
            => Enumerable.Range(0, next.RowCount).Sum(row => next[row, unit] * next[row, unit]))];
        return [.. Enumerable.Range(0, units).OrderByDescending(unit => loudness[unit]).Take(most).Order()];
    }

    /// <summary>The images of some units.</summary>
    /// <param name="w1">The weights of the first layer.</param>
    /// <param name="units">The units, with what stands below each.</param>
    /// <param name="side">How wide each is shown, in pixels of the screen.</param>
    /// <returns>The images, and the size of a weight that has the full colour.</returns>
    public static (Html Images, double Limit) Of(Matrix w1, IReadOnlyList<(int Unit, string Caption)> units, int side)
    {
        (IReadOnlyList<Picture> pictures, double limit) = NetworkPictures.UnitsOf(w1, units, PictureSize.Full, s_page);
        return (Html.Of($"""
            <div class="digits units">{pictures.Select((picture, i) => ReportImage.Figure(
                ReportImage.Of(picture, side, Invariant($"weights of unit {units[i].Unit}")),
                Html.Of($"{units[i].Caption}")))}</div>
            """), limit);
    }
}
