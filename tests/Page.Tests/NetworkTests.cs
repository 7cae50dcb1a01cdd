namespace MnistNet.Pages;

[Collection(BrowserTests.Name)]
public sealed class NetworkTests(Browser browser) : IDisposable
{
    private const string Predict = """
        ([pixels, repetitions]) => {
          const all = MnistNet.network.bytes(pixels), results = [], start = performance.now();
          for (let round = 0; round < repetitions; round++) {
            for (let at = 0; at < all.length; at += 784) {
              const image = all.subarray(at, at + 784);
              const { probabilities, winner } = MnistNet.network.predict(MnistNet.start.model, image);
              if (round === 0) results.push(...probabilities, winner);
            }
          }
          results.push((performance.now() - start) / repetitions / (all.length / 784));
          return results;
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Activation, Preprocessing> Kinds => new()
    {
        { "10", Activation.ReLU, Preprocessing.None },
        { "32-16", Activation.LeakyReLU, Preprocessing.None },
        { "40", Activation.Tanh, Preprocessing.MomentNormalization },
        { "24-24-24", Activation.Sigmoid, Preprocessing.MomentNormalization },
    };

    [Fact]
    public async Task A_raw_network_gives_the_probabilities_of_the_engine_on_1000_digits()
        => await AgreeAsync(Networks.Raw, 1_000);

    [Fact]
    public async Task A_normalised_network_gives_the_probabilities_of_the_engine_on_1000_digits()
        => await AgreeAsync(Networks.Normalized, 1_000);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_activation_and_every_depth_gives_the_probabilities_of_the_engine(
        string hidden, Activation activation, Preprocessing preprocessing)
    {
        int[] widths = [.. hidden.Split('-').Select(int.Parse)];
        Network start = Network.Create(widths, activation, seed: 3, preprocessing: preprocessing);
        TrainingSettings settings = new() { BatchSize = 100, Epochs = 1 };
        await AgreeAsync(Trainer.Train(start, Networks.Digits.Train.Take(5_000), null, settings).Network, 300);
    }

    [Theory]
    [InlineData("", "float32")]
    [InlineData("12-11-10-9-8", "float32")]
    [InlineData("700", "float16")]
    public async Task Networks_without_hidden_layers_with_many_and_in_half_precision_run_in_a_page(
        string hidden, string encoding)
    {
        int[] widths = [.. hidden.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var bare = new BarePage { Network = Network.Create(widths, seed: 5), Checks = Networks.Digits.Test.Take(500) };
        await using OpenPage page = await browser.OpenAsync(bare.Write(_folder["kinds.html"]));
        await page.CallAsync<object>(
            "strokes => MnistNet.start.pad.replace(strokes)", Drawings.Digit(3, 0.25, 0.2, 0.6));

        Assert.Equal(encoding, await page.CallAsync<string>("() => MnistNet.start.data.network.encoding"));
        Assert.Contains("20 of 20", await TextAsync("#check-result"), StringComparison.Ordinal);
        Assert.StartsWith("This looks like", await TextAsync(".says"), StringComparison.Ordinal);
        Assert.Equal(widths.Length, await page.Page.Locator(".strip").CountAsync());
        Assert.Equal(0, await page.Page.Locator(".failed").CountAsync());
        Assert.Empty(page.Complaints);

        Task<string> TextAsync(string selector) => page.Page.Locator(selector).InnerTextAsync();
    }

    private async Task AgreeAsync(Network network, int count)
    {
        DigitSet digits = Networks.Digits.Test.Take(count);
        float[] expected = Predictor.GetProbabilities(network, digits);
        string path = new BarePage { Network = network }.Write(_folder["network.html"]);
        await using OpenPage page = await browser.OpenAsync(path);
        double[] results = await page.CallAsync<double[]>(
            Predict, new object[] { Convert.ToBase64String(digits.Pixels), 3 });

        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> own = expected.AsSpan(i * 10, 10);
            ReadOnlySpan<double> theirs = results.AsSpan(i * 11, 11);
            for (int k = 0; k < 10; k++)
            {
                largest = Math.Max(largest, Math.Abs(own[k] - theirs[k]));
            }

            Assert.Equal(Winner(own), (int)theirs[10]);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{network} on {count} digits of {Networks.Digits.Name}: largest difference {largest:E1}, "
                + $"{results[^1]:F2} ms a prediction");
        Assert.InRange(largest, 0, 1e-5);
        Assert.Empty(page.Complaints);
    }

    private static int Winner(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            best = probabilities[k] > probabilities[best] ? k : best;
        }

        return best;
    }

    public void Dispose() => _folder.Dispose();
}
