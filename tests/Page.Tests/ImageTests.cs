namespace MnistNet.Pages;

[Collection(BrowserTests.Name)]
public sealed class ImageTests(Browser browser) : IDisposable
{
    private const int Count = 200;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_drawing_is_framed_as_Import_Digit_frames_its_picture()
    {
        double[][][][] drawings =
        [
            .. Enumerable.Range(0, Count).Select(i => i % 10 == 9 ? Drawings.Scribble(i, 4 + (i % 7))
                : Drawings.Digit(i % 10, 0.1, 0.1, 0.1 + (0.7 * i / Count), i / 10, i / 20)),
        ];
        await using OpenPage page = await OpenAsync();
        string[] pictures = await page.CallAsync<string[]>(
            """
            drawings => drawings.flatMap((strokes, i) => {
              const pen = [1.7, 2.3, 3.4][i % 3], base64 = bytes => btoa(String.fromCharCode(...bytes));
              const { rasterize, render } = MnistNet.strokes;
              return [base64(rasterize(strokes, pen).levels), base64(render(strokes, pen))];
            })
            """,
            drawings);

        for (int i = 0; i < Count; i++)
        {
            byte[] ink = Convert.FromBase64String(pictures[2 * i]);
            int side = (int)Math.Sqrt(ink.Length);
            byte[] expected = DigitFinder.Find(
                new GreyImage(side, side, ink).Invert(), Ink.Auto, false, "drawing", _ => { })[0];
            AssertNear(expected, Convert.FromBase64String(pictures[(2 * i) + 1]), 1, $"drawing {i}");
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Ink_of_any_size_is_framed_as_the_engine_frames_it()
    {
        var random = new SeededRandom(1, RandomPurpose.Synthesis);
        var images = new List<object>();
        var expected = new List<byte[]>();
        for (int i = 0; i < Count; i++)
        {
            int rows = 1 + random.Next(60), columns = 1 + random.Next(60);
            float[] ink = [.. Enumerable.Range(0, rows * columns)
                .Select(_ => random.Next(3) == 0 ? (float)random.NextDouble() : 0)];
            var image = new byte[784];
            DigitFraming.TryFrame(ink, rows, columns, image);
            expected.Add(image);
            images.Add(new object[] { BarePage.Base64<float>(ink), rows, columns });
        }

        await using OpenPage page = await OpenAsync();
        string[] framed = await page.CallAsync<string[]>(
            """
            images => images.map(([ink, rows, columns]) => btoa(String.fromCharCode(
              ...MnistNet.framing.frameInk(MnistNet.network.numbers(ink), rows, columns))))
            """,
            images);
        for (int i = 0; i < Count; i++)
        {
            AssertNear(expected[i], Convert.FromBase64String(framed[i]), 0, $"image {i}");
        }
    }

    [Fact]
    public async Task Images_are_normalised_as_the_engine_normalises_them_to_the_bit()
    {
        var random = new SeededRandom(2, RandomPurpose.Synthesis);
        List<byte[]> images = [.. Enumerable.Range(0, Count).Select(i => Networks.Digits.Test[i].Pixels)];
        images.AddRange(Enumerable.Range(0, Count).Select(i =>
            Enumerable.Range(0, 784).Select(_ => (byte)(random.Next(2 + i) == 0 ? random.Next(256) : 0)).ToArray()));
        images.Add(new byte[784]);
        images.Add([.. Enumerable.Range(0, 784).Select(p => (byte)(p / 28 == 5 ? 255 : 0))]);
        images.Add([.. Enumerable.Range(0, 784).Select(p => (byte)(p == 0 ? 255 : 0))]);

        await using OpenPage page = await OpenAsync();
        string[] normalized = await page.CallAsync<string[]>(
            """
            images => images.map(image => btoa(String.fromCharCode(
              ...MnistNet.normalization.normalize(MnistNet.network.bytes(image), 28, 28))))
            """,
            images.Select(Convert.ToBase64String).ToArray());
        var normalizer = new MomentNormalizer(28, 28);
        for (int i = 0; i < images.Count; i++)
        {
            var expected = new byte[784];
            normalizer.Apply(images[i], expected);
            AssertNear(expected, Convert.FromBase64String(normalized[i]), 0, $"image {i}");
        }
    }

    [Fact]
    public async Task Half_precision_numbers_are_read_as_the_engine_writes_them()
    {
        Half[] halves = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))
            .Where(Half.IsFinite)];
        await using OpenPage page = await OpenAsync();
        float[] read = await page.CallAsync<float[]>(
            "text => Array.from(MnistNet.network.numbers(text, 'float16'))", BarePage.Base64<Half>(halves));

        Assert.Equal(halves.Select(half => (float)half), read);
    }

    private Task<OpenPage> OpenAsync()
        => browser.OpenAsync(new BarePage { Network = Network.Create([10]) }.Write(_folder["images.html"]));

    private static void AssertNear(byte[] expected, byte[] actual, int most, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        int largest = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest <= most, $"{what} differs by up to {largest} grey levels");
    }

    public void Dispose() => _folder.Dispose();
}
