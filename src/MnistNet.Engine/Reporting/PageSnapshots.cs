using System.Text.Json;

namespace MnistNet;

/// <summary>
/// The first layer along the way, as it lies in the page: a byte a weight, few enough units and steps.
/// </summary>
internal sealed class PageSnapshots
{
    private const int MostUnits = 16, MostBytes = 1_200_000, LargestLevel = 127;

    private PageSnapshots(IReadOnlyList<TrainingSnapshot> kept, int[] units)
    {
        Kept = kept;
        Units = units;
    }

    /// <summary>The snapshots, in order.</summary>
    public IReadOnlyList<TrainingSnapshot> Kept { get; }

    /// <summary>The units that are shown, by their numbers in the layer.</summary>
    public int[] Units { get; }

    /// <summary>Chooses units and snapshots; null where there is nothing to see a change in.</summary>
    public static PageSnapshots? Of(TrainingResult? training)
    {
        if (training is null || training.Snapshots.Count < 2
            || NetworkPictures.SideOf(training.Network.Layers[0].Weights) is null)
        {
            return null;
        }

        int[] units = UnitPictures.Loudest(training.Network, MostUnits);
        int most = Math.Max(2, MostBytes / (units.Length * training.Network.Inputs));
        return new PageSnapshots([.. Thinning.Of(training.Snapshots, most)], units);
    }

    /// <summary>Writes them as JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        int inputs = Kept[0].W1.ColumnCount, side = NetworkPictures.SideOf(Kept[0].W1)!.Value;
        var weights = new byte[Kept.Count * Units.Length * inputs];
        var ranges = new double[Kept.Count];
        for (int i = 0; i < Kept.Count; i++)
        {
            ranges[i] = Encode(Kept[i].W1, weights.AsSpan(i * Units.Length * inputs, Units.Length * inputs));
        }

        json.WriteStartObject("snapshots");
        WriteNumbers(json, "iterations", Kept.Select(snapshot => (double)snapshot.Iteration));
        json.WriteNumber("units", Units.Length);
        WriteNumbers(json, "unitNumbers", Units.Select(unit => (double)unit));
        json.WriteNumber("width", side);
        json.WriteNumber("height", side);
        json.WriteBase64String("weights", weights);
        WriteNumbers(json, "ranges", ranges);
        json.WriteStartArray("confusion");
        foreach (TrainingSnapshot snapshot in Kept)
        {
            WriteNumbers(json, null, snapshot.GetConfusion().Cast<int>().Select(count => (double)count));
        }

        json.WriteEndArray();
        WriteNumbers(json, "accuracy", Kept.Select(snapshot => snapshot.Accuracy));
        json.WriteEndObject();
    }

    /// <summary>The weights of the units as whole numbers from −127 to 127.</summary>
    /// <returns>What 127 stands for.</returns>
    private double Encode(Matrix w1, Span<byte> bytes)
    {
        double largest = 0;
        foreach (int unit in Units)
        {
            for (int column = 0; column < w1.ColumnCount; column++)
            {
                largest = Math.Max(largest, Math.Abs(w1.Values.At(unit, column)));
            }
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            double weight = w1.Values.At(Units[i / w1.ColumnCount], i % w1.ColumnCount);
            bytes[i] = (byte)(sbyte)Math.Round(LargestLevel * Picture.Scale(weight, largest));
        }

        return largest;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IEnumerable<double> numbers)
    {
        if (name is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartArray(name);
        }

        foreach (double number in numbers)
        {
            json.WriteNumberValue(Math.Round(number, 6));
        }

        json.WriteEndArray();
    }
}
