using System.Text;

namespace MnistNet.Tests;

public sealed class PictureTextTests
{
    public static TheoryData<int> Widths => [20, 80, 100, 120];

    [Fact]
    public void True_colour_gives_back_every_byte_of_every_digit()
    {
        foreach (Digit digit in Digits())
        {
            string[] lines = Draw(Picture.Of(digit), Renderer.TrueColor, 80);
            Assert.Equal(14, lines.Length);
            var pixels = new byte[784];
            for (int line = 0; line < 14; line++)
            {
                List<Ansi.Cell> cells = Ansi.Read(lines[line]);
                Assert.Equal(28, cells.Count);
                for (int column = 0; column < 28; column++)
                {
                    Ansi.Cell cell = cells[column];
                    (byte? upper, byte? lower) = cell.Character switch
                    {
                        '▀' => (cell.Foreground, cell.Background),
                        '▄' => (cell.Background, cell.Foreground),
                        ' ' => (cell.Background, cell.Background),
                        _ => (null, null),
                    };
                    pixels[(2 * line * 28) + column] = upper!.Value;
                    pixels[(((2 * line) + 1) * 28) + column] = lower!.Value;
                }
            }

            Assert.Equal(digit.Pixels, pixels);
        }
    }

    [Theory]
    [InlineData(Renderer.TrueColor)]
    [InlineData(Renderer.Color256)]
    [InlineData(Renderer.Block)]
    [InlineData(Renderer.Ascii)]
    public void Stripped_of_its_colours_a_digit_has_ink_in_exactly_the_inked_cells(Renderer renderer)
    {
        foreach (Digit digit in Digits())
        {
            string[] lines = [.. Draw(Picture.Of(digit), renderer, 80).Select(Ansi.Strip)];
            for (int i = 0; i < 14 * 28; i++)
            {
                int line = i / 28, column = i % 28;
                bool isInked = digit.Pixels[(2 * line * 28) + column] > 0
                    || digit.Pixels[(((2 * line) + 1) * 28) + column] > 0;
                Assert.Equal(isInked, lines[line][column] != ' ');
            }
        }
    }

    [Fact]
    public void Half_blocks_stand_where_the_stronger_pixel_is()
    {
        var pixels = new byte[4 * 4];
        (pixels[0], pixels[5], pixels[2], pixels[6], pixels[3], pixels[7]) = (9, 1, 8, 7, 7, 8);
        string line = Ansi.Strip(Draw(Picture.Of(new Digit(0, null, pixels, 4, 4)), Renderer.TrueColor, 80)[0]);
        Assert.Equal("▀▄▀▄", line);
    }

    [Theory]
    [InlineData(Renderer.Block)]
    [InlineData(Renderer.Ascii)]
    public void Without_colour_there_is_no_escape_byte(Renderer renderer)
    {
        Assert.All(Everything(new Screen(renderer, 80)), line => Assert.DoesNotContain('\e', line));
    }

    [Fact]
    public void Ascii_is_pure()
        => Assert.All(Everything(new Screen(Renderer.Ascii, 80)), line => Assert.True(Ascii.IsValid(line), line));

    [Theory]
    [MemberData(nameof(Widths))]
    public void No_line_is_wider_than_asked(int width)
    {
        foreach (Renderer renderer in Enum.GetValues<Renderer>().Except([Renderer.Auto]))
        {
            Assert.All(Everything(new Screen(renderer, width)), line
                => Assert.True(Ansi.Strip(line).Length <= width, line));
        }
    }

    [Theory]
    [InlineData(80, 2, 5)]
    [InlineData(100, 3, 6)]
    [InlineData(120, 4, 7)]
    public void As_many_digits_stand_beside_each_other_as_fit(int width, int full, int small)
    {
        Digit digit = Digits()[0];
        Assert.Equal(full, OnARow(PictureSize.Full));
        Assert.Equal(small, OnARow(PictureSize.Small));

        int OnARow(PictureSize size)
        {
            var screen = new Screen(Renderer.Block, width);
            var sheet = new TextSheet(screen);
            int count = 0;
            while (!sheet.Add(PictureText.Draw(PictureFit.Fit(Picture.Of(digit, "caption"), size, screen), screen))
                .Any())
            {
                count++;
            }

            return count;
        }
    }

    [Fact]
    public void Ten_units_take_at_most_twenty_lines_of_eighty_columns()
    {
        var screen = new Screen(Renderer.TrueColor, 80);
        (IReadOnlyList<Picture> pictures, double limit) = NetworkPictures.UnitsOf(
            Network.Create([10], seed: 1), [.. Enumerable.Range(0, 10)], PictureSize.Small, screen);
        Assert.InRange(1 + Sheet(pictures, screen).Count, 10, 20);
        Assert.InRange(limit, 0.01, 1);
    }

    [Fact]
    public void Signs_without_colour_tell_which_side_of_nought_a_number_is_on()
    {
        Picture picture = Picture.OfWeights(2, 8,
            [-1, -0.5, -0.2, 0, 0, 0.2, 0.5, 1, -1, -0.5, -0.2, 0, 0, 0.2, 0.5, 1], 1);
        Assert.Equal("%=-  +*#", Draw(picture, Renderer.Ascii, 80)[0]);
        Assert.Equal("%=-  +*#", Draw(picture, Renderer.Block, 80)[0]);
    }

    [Theory]
    [InlineData(256, 256)]
    [InlineData(8, 8)]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(200, 3)]
    public void Images_of_any_size_fit_on_the_screen(int rows, int columns)
    {
        var pixels = new byte[rows * columns];
        Array.Fill(pixels, (byte)200);
        Picture picture = Picture.Of(new Digit(0, null, pixels, rows, columns));
        foreach (int width in new[] { 20, 80 })
        {
            string[] lines = [.. Draw(picture, Renderer.Block, width)];
            Assert.InRange(lines.Length, 1, 32);
            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.All(lines, line => Assert.DoesNotContain(' ', line));
        }
    }

    [Fact]
    public void A_blank_digit_is_a_black_tile() => Assert.All(
        Draw(Picture.Of(new Digit(0, null, new byte[784], 28, 28)), Renderer.TrueColor, 80),
        line => Assert.Equal($"\e[48;2;0;0;0m{new string(' ', 28)}\e[0m", line));

    [Fact]
    public void A_layer_wider_than_the_screen_shows_its_strongest_weights()
    {
        var values = new double[10, 2000];
        values[7, 1234] = -3;
        Picture map = PictureFit.HeatMap(new Matrix(values), [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
            new Screen(Renderer.Ascii, 80));
        string[] lines = [.. PictureText.Draw(map, new Screen(Renderer.Ascii, 80))
            .Lines.Select(line => line.ToString())];
        Assert.Equal(10, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 40, 80));
        Assert.Equal("7" + new string(' ', 1), lines[7][..2]);
        Assert.Single(string.Concat(lines), character => character == '%');
        Assert.Contains('%', lines[7]);
    }

    private static Digit[] Digits()
    {
        DigitSet set = SyntheticDigits.CreateTrain(20, seed: 3);
        return [.. Enumerable.Range(0, set.Count).Select(i => set[i])];
    }

    private static string[] Draw(Picture picture, Renderer renderer, int width)
    {
        var screen = new Screen(renderer, width);
        return [.. PictureText.Draw(PictureFit.Fit(picture, PictureSize.Full, screen), screen)
            .Lines.Select(line => line.ToString())];
    }

    private static List<string> Sheet(IEnumerable<Picture> pictures, Screen screen)
    {
        var sheet = new TextSheet(screen);
        List<string> lines = [.. pictures.SelectMany(picture => sheet.Add(PictureText.Draw(picture, screen)))];
        lines.AddRange(sheet.Flush());
        return lines;
    }

    /// <summary>One of everything that can be drawn.</summary>
    private static List<string> Everything(Screen screen)
    {
        DigitSet set = SyntheticDigits.CreateTrain(7, seed: 1);
        Network network = Network.Create([12, 300], seed: 1);
        Prediction[] predictions = [.. Predictor.Predict(network, set, threads: 1)];
        var lines = new List<string>();
        foreach (PictureSize size in Enum.GetValues<PictureSize>())
        {
            lines.AddRange(Sheet(
                predictions.Select((prediction, i)
                => PictureFit.Fit(DigitPictures.Of(set[i], prediction), size, screen)), screen));
            lines.AddRange(Sheet(NetworkPictures.UnitsOf(network, [0, 5, 11], size, screen).Pictures, screen));
            lines.AddRange(DigitPictures.WithProbabilities(set[0], predictions[0], size, screen)
                .Lines.Select(line => line.ToString()));
        }

        foreach (Layer layer in network.Layers.Skip(1))
        {
            string[] names = [.. Enumerable.Range(0, layer.Outputs).Select(i => $"{i}")];
            lines.AddRange(PictureText.Draw(PictureFit.HeatMap(layer.Weights, names, screen), screen)
                .Lines.Select(line => line.ToString()));
            lines.Add(screen.Fit(NetworkPictures.Legend(layer.Weights, 1, screen), screen.Width));
        }

        return lines;
    }
}
