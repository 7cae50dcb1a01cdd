using System.Text.Json;

namespace MnistNet.Tests;

/// <summary>The float64 formulas beside numbers that NumPy computed: see tests/oracles/numpy_formulas.py.</summary>
public sealed class NumPyOracleTests
{
    private const double Tolerance = 1e-9;

    public static IEnumerable<TheoryDataRow<int>> Cases =>
        Enumerable.Range(0, Read().GetArrayLength()).Select(i => new TheoryDataRow<int>(i));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_matrix_of_three_updates_is_the_one_that_NumPy_computed(int number)
    {
        JsonElement oracle = Read()[number];
        Network network = StartOf(oracle);
        Matrix x = Matrix(oracle.GetProperty("X")), y = Matrix(oracle.GetProperty("Y"));
        double worst = 0;
        foreach (JsonElement step in oracle.GetProperty("steps").EnumerateArray())
        {
            ForwardPass pass = ForwardPropagation.Run(network, x, y);
            Gradient gradient = Backpropagation.Run(pass);
            network = GradientDescent.Update(network, gradient, oracle.GetProperty("alpha").GetDouble());

            Assert.Equal(step.GetProperty("loss").GetDouble(), pass.Loss!.Value, Tolerance);
            Assert.Equal(step.GetProperty("accuracy").GetDouble(), pass.Accuracy!.Value, Tolerance);
            int compared = 0;
            foreach (JsonProperty expected in step.EnumerateObject()
                .Where(property => property.Value.ValueKind == JsonValueKind.Array))
            {
                Matrix found = pass[expected.Name] ?? gradient[expected.Name] ?? network[expected.Name]!;
                Matrix difference = found - Matrix(expected.Value);
                worst = Math.Max(worst, Math.Max(difference.Max(), -difference.Min()));
                compared++;
            }

            Assert.Equal(7 * network.Layers.Count, compared);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest difference: {worst:E1}");
        Assert.True(worst <= Tolerance, $"The largest difference from NumPy is {worst:E1}.");
    }

    private static Network StartOf(JsonElement oracle)
    {
        JsonElement start = oracle.GetProperty("start");
        int depth = oracle.GetProperty("widths").GetArrayLength() - 1;
        var parameters = Enumerable.Range(1, depth).SelectMany(
            l => new[] { Matrix(start.GetProperty($"W{l}")), Matrix(start.GetProperty($"b{l}")) });
        return new Network([.. parameters], Enum.Parse<Activation>(oracle.GetProperty("activation").GetString()!));
    }

    private static Matrix Matrix(JsonElement rows) =>
        new(rows.EnumerateArray().Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray()));

    private static JsonElement Read()
    {
        using Stream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "oracles", "numpy_formulas.json"));
        return JsonDocument.Parse(file).RootElement.GetProperty("cases");
    }
}
