using static System.FormattableString;

namespace MnistNet;

/// <summary>What the units of the first layer look for: their weights as images.</summary>
internal static class WeightsSection
{
    private const int Side = 84, MostUnits = 100;

    /// <summary>The section; null where the first layer does not look at a square image.</summary>
    public static ReportSection? Of(ReportFacts facts)
    {
        Network network = facts.Network;
        Matrix w1 = network.Layers[0].Weights;
        if (NetworkPictures.SideOf(w1) is null)
        {
            return null;
        }

        int[] shown = UnitPictures.Loudest(network, MostUnits);
        (Html images, double limit) = UnitPictures.Of(
            w1, [.. shown.Select(unit => (unit, CaptionOf(facts, unit)))], Side);
        return new ReportSection("weights", "What it looks for", Html.Of($"""
            <p>{Words(network, shown.Length)} Orange ink speaks for the unit, blue ink against it, black does
            neither; weights of {limit:0.###} and more have the full colour. {CaptionWords(network)}</p>
            {images}
            """))
        {
            Name = "Weights",
        };
    }

    private static string Words(Network network, int shown)
    {
        int units = network.Layers[0].Outputs;
        string what = network.Layers.Count == 1 ? "classes" : "units of the first layer";
        return shown == units
            ? Invariant($"The weights of the {units:N0} {what}, each as the image that it looks at.")
            : Invariant($"The weights of {shown} of the {units:N0} {what}, those that speak the loudest to the next.");
    }

    private static string CaptionWords(Network network)
        => network.Layers.Count == 2 ? "Below each unit: the class that it speaks for most." : "";

    private static string CaptionOf(ReportFacts facts, int unit)
    {
        Network network = facts.Network;
        if (network.Layers.Count == 1)
        {
            return facts.NameOf(unit);
        }

        return network.Layers.Count == 2
            ? Invariant($"{unit} → {facts.NameOf(NetworkPictures.AnswerOf(network, unit))}")
            : Invariant($"{unit}");
    }
}
