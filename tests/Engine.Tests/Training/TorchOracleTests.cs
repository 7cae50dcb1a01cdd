using System.Text.Json;

namespace MnistNet.Tests;

/// <summary>
/// The optimisers and OneCycle beside numbers that PyTorch computed: see tests/oracles/torch_optimizers.py.
/// </summary>
public sealed class TorchOracleTests
{
    // The kernels compute in float32, PyTorch did in float64.
    private const double Tolerance = 2e-5;

    private static readonly JsonElement Oracle = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "oracles", "torch_optimizers.json"))).RootElement;

    public static IEnumerable<TheoryDataRow<int>> Cases =>
        Enumerable.Range(0, Oracle.GetProperty("cases").GetArrayLength()).Select(i => new TheoryDataRow<int>(i));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ten_steps_of_an_optimiser_end_where_PyTorch_ends(int number)
    {
        JsonElement expected = Oracle.GetProperty("cases")[number];
        var data = new DigitSet("oracle", Bytes("pixels"), Bytes("labels"), 4, 4);
        var start = new Network([.. Oracle.GetProperty("start").EnumerateArray().Select(ToMatrix)], Activation.ReLU);

        TrainingResult result = Trainer.Train(start, data, null, new TrainingSettings
        {
            Optimizer = Enum.Parse<Optimizer>(expected.GetProperty("optimizer").GetString()!),
            Alpha = expected.GetProperty("alpha").GetDouble(),
            WeightDecay = Optional(expected, "weightDecay"),
            LabelSmoothing = Optional(expected, "labelSmoothing"),
            Iterations = Oracle.GetProperty("steps").GetInt32(),
        });

        Assert.Equal(
            expected.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()),
            result.History.Select(row => row.Loss),
            Near);
        Matrix[] parameters = [.. expected.GetProperty("parameters").EnumerateArray().Select(ToMatrix)];
        Assert.Equal(parameters.Length, result.Network.Parameters.Count);
        foreach ((Matrix wanted, Matrix found) in parameters.Zip(result.Network.Parameters))
        {
            Assert.Equal(wanted.Shape, found.Shape);
            Assert.Equal(wanted.Values.ToRowMajorArray(), found.Values.ToRowMajorArray(), Near);
        }
    }

    [Fact]
    public void OneCycle_rises_and_falls_as_PyTorch_does()
    {
        JsonElement expected = Oracle.GetProperty("oneCycle");
        double[] rates = [.. expected.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble())];
        var settings = new TrainingSettings
        {
            Schedule = Schedule.OneCycle,
            Alpha = expected.GetProperty("alpha").GetDouble(),
        };

        // PyTorch counts the last step of the rise as the first of the fall, a shift of one step in a hundred.
        double furthest = rates.Select((rate, step) => Math.Abs(rate - RateAt(settings, step, rates.Length))).Max();
        Assert.InRange(furthest, 0, 0.06 * rates.Max());
        Assert.Equal(
            rates.Max(), Enumerable.Range(0, rates.Length).Max(step => RateAt(settings, step, rates.Length)), 1e-12);
        Assert.Equal(rates[^1], RateAt(settings, rates.Length - 1, rates.Length), 1e-12);
        Assert.Equal(rates[0], RateAt(settings, 0, rates.Length), 1e-12);
    }

    private static bool Near(double expected, double found) =>
        Math.Abs(expected - found) <= Tolerance * Math.Max(1, Math.Abs(expected));

    private static byte[] Bytes(string name) =>
        [.. Oracle.GetProperty(name).EnumerateArray().Select(value => value.GetByte())];

    private static double Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : 0;

    private static Matrix ToMatrix(JsonElement rows)
    {
        var values = new double[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (int r = 0; r < values.GetLength(0); r++)
        {
            for (int c = 0; c < values.GetLength(1); c++)
            {
                values[r, c] = rows[r][c].GetDouble();
            }
        }

        return new Matrix(values);
    }

    private static double RateAt(TrainingSettings settings, int step, int steps)
        => LearningRate.At(settings.Schedule, settings.EffectiveAlpha, settings.WarmUp, step, steps);
}
