namespace MnistNet.Pages;

[Collection(BrowserTests.Name)]
public sealed class StrokeTests(Browser browser) : IDisposable
{
    private const string Answers = """
        ([drawings, pens]) => drawings.flatMap(strokes => pens.map(pen => MnistNet.network.predict(
          MnistNet.start.model, MnistNet.strokes.render(strokes, pen)).winner))
        """;

    private static readonly double[] s_heights = [0.12, 0.3, 0.62], s_places = [0, 0.5, 1], s_pens = [1.7, 2.3, 3.4];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(Preprocessing.None)]
    [InlineData(Preprocessing.MomentNormalization)]
    public async Task Where_and_how_large_a_digit_is_drawn_and_with_which_pen_does_not_change_the_answer(
        Preprocessing preprocessing)
    {
        Network network = preprocessing == Preprocessing.None ? Networks.Raw : Networks.Normalized;
        await using OpenPage page = await browser.OpenAsync(
            new BarePage { Network = network }.Write(_folder["strokes.html"]));
        int all = 0;
        for (int digit = 0; digit < 10; digit++)
        {
            int[] answers = await page.CallAsync<int[]>(Answers, new object[] { Everywhere(digit), s_pens });
            int mode = answers.GroupBy(answer => answer).MaxBy(group => group.Count())!.Key;
            int same = answers.Count(answer => answer == mode);
            Assert.Equal(81, answers.Length);
            Assert.Equal(digit, mode);
            Assert.InRange(same, Math.Ceiling(0.95 * answers.Length), answers.Length);
            all += same;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{network}, learned from {Networks.Digits.Train.Name}: {all} of 810 drawings get their digit's answer");

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task No_strokes_a_dot_two_taps_and_an_endless_scribble_are_images_too()
    {
        double[][][][] drawings =
        [
            [],
            [[]],
            [[[0.5, 0.5]]],
            [[[0.2, 0.2]], [[0.8, 0.7]]],
            Drawings.Scribble(1, 3_000),
            [[[-3, 0.5], [4, 0.5]]],
        ];
        await using OpenPage page = await browser.OpenAsync(
            new BarePage { Network = Networks.Raw }.Write(_folder["odd.html"]));
        int[] inked = await page.CallAsync<int[]>(
            "drawings => drawings.map(strokes => MnistNet.strokes.render(strokes).filter(level => level > 0).length)",
            drawings);

        Assert.Equal([0, 0], inked[..2]);
        Assert.All(inked[2..], count => Assert.InRange(count, 1, 400));
    }

    // One digit at nine places in three sizes, each point where a pointer on a canvas of 400 pixels can be.
    private static double[][][][] Everywhere(int digit) =>
    [
        .. s_heights.SelectMany(height => s_places.SelectMany(x => s_places.Select(y => Drawings.Digit(
            digit, 0.06 + (x * (0.82 - height)), 0.06 + (y * (0.88 - height)), height)))),
    ];

    public void Dispose() => _folder.Dispose();
}
