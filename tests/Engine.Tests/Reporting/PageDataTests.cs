using System.Runtime.InteropServices;
using System.Text.Json;

namespace MnistNet.Tests;

public sealed class PageDataTests
{
    private static readonly JsonElement s_data = Markup.Data(Reports.Page(Reports.Subject));

    [Fact]
    public void The_weights_are_in_the_page_to_the_bit()
    {
        JsonElement network = s_data.GetProperty("network");
        Assert.Equal("float32", network.GetProperty("encoding").GetString());
        Assert.Equal([784, 10, 10], network.GetProperty("layers").EnumerateArray().Select(width => width.GetInt32()));
        float[] expected = [.. Reports.Trained.Network.Parameters
            .SelectMany(matrix => matrix.Rows.SelectMany(row => row))
            .Select(value => (float)value)];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(network.GetProperty("weights").GetBytesFromBase64()));
    }

    [Fact]
    public void A_large_network_is_rounded_to_float16_and_the_page_says_so()
    {
        Network large = Network.Create([700], seed: 1);
        string page = Reports.Page(new ReportSubject(large));
        JsonElement network = Markup.Data(page).GetProperty("network");
        Assert.Equal("float16", network.GetProperty("encoding").GetString());
        Assert.Contains("float16", Markup.Section(page, "draw")!, StringComparison.Ordinal);
        ReadOnlySpan<Half> weights = MemoryMarshal.Cast<byte, Half>(
            network.GetProperty("weights").GetBytesFromBase64());
        Assert.Equal(large.ParameterCount, weights.Length);
        Assert.Equal((Half)large["W1"]![0, 1], weights[1]);
        Assert.Equal((Half)large["b2"]![9, 0], weights[^1]);
    }

    [Fact]
    public void A_large_network_that_float16_cannot_hold_is_left_out_with_the_reason()
    {
        Network large = Network.Create([700], seed: 1);
        Matrix b2 = large["b2"]! + new Matrix(new double[] { 1e6, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        Network loud = new([large["W1"]!, large["b1"]!, large["W2"]!, b2], Activation.ReLU);
        Assert.Contains("too large for float16", PageNetwork.Of(loud).Omitted!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digits_that_the_page_checks_itself_by_have_the_probabilities_of_the_network()
    {
        JsonElement checks = s_data.GetProperty("checks");
        byte[] pixels = checks.GetProperty("pixels").GetBytesFromBase64();
        int count = checks.GetProperty("count").GetInt32();
        Assert.Equal(20, count);
        Assert.Equal(count * 784, pixels.Length);
        float[] expected = Predictor.GetProbabilities(
            Reports.Trained.Network, new DigitSet("checks", pixels, labels: null));
        Assert.Equal(
            expected,
            MemoryMarshal.Cast<byte, float>(checks.GetProperty("probabilities").GetBytesFromBase64()));
        int[] labels = [.. checks.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(2, labels.Count(other => other == label)));
    }

    [Fact]
    public void Names_cannot_end_the_element_that_holds_the_data()
    {
        string json = PageData.Of(["</script>", "<!--"], PageNetwork.Of(Reports.Trained.Network), null, null, null);
        Assert.DoesNotContain('<', json);
        Assert.Equal(
            ["</script>", "<!--"],
            JsonDocument.Parse(json).RootElement.GetProperty("classNames").EnumerateArray().Select(name
                => name.GetString()));
    }

    [Fact]
    public void Snapshots_are_bytes_that_stand_for_the_weights_within_a_step()
    {
        TrainingResult training = Reports.Train([10], new TrainingSettings { Iterations = 20, SnapshotEvery = 5 });
        JsonElement data = Markup.Data(Reports.Page(ReportSubject.Of(training))).GetProperty("snapshots");
        byte[] bytes = data.GetProperty("weights").GetBytesFromBase64();
        Assert.Equal(training.Snapshots.Count * 10 * 784, bytes.Length);
        for (int i = 0; i < training.Snapshots.Count; i++)
        {
            TrainingSnapshot snapshot = training.Snapshots[i];
            double range = data.GetProperty("ranges")[i].GetDouble();
            for (int k = 0; k < 7840; k += 97)
            {
                double stored = (sbyte)bytes[(i * 7840) + k] * range / 127;
                Assert.Equal(snapshot.W1[k / 784, k % 784], stored, (range / 254) + 1e-6);
            }

            Assert.Equal(snapshot.Iteration, data.GetProperty("iterations")[i].GetInt32());
            Assert.Equal(snapshot.Accuracy, data.GetProperty("accuracy")[i].GetDouble(), 1e-6);
            Assert.Equal(
                snapshot.GetConfusion().Cast<int>(),
                data.GetProperty("confusion")[i].EnumerateArray().Select(count => count.GetInt32()));
        }
    }

    [Fact]
    public void Many_snapshots_of_many_units_stay_light()
    {
        TrainingResult training = Reports.Train(
            [40], new TrainingSettings { Iterations = 120, SnapshotEvery = 1, BatchSize = 20, Seed = 1 });
        JsonElement data = Markup.Data(Reports.Page(ReportSubject.Of(training))).GetProperty("snapshots");
        Assert.Equal(16, data.GetProperty("units").GetInt32());
        Assert.InRange(data.GetProperty("weights").GetBytesFromBase64().Length, 1, 1_200_000);
        Assert.Equal(0, data.GetProperty("iterations")[0].GetInt32());
        Assert.Equal(120, data.GetProperty("iterations").EnumerateArray().Last().GetInt32());
    }
}
