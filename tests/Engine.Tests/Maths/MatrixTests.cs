namespace MnistNet.Tests;

public sealed class MatrixTests
{
    private static readonly Matrix s_a = new(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, "A");
    private static readonly Matrix s_b = new(new double[,] { { 1, 0 }, { -1, 2 }, { 0.5, 1 } }, "B");
    private static readonly Matrix s_column = new(new double[,] { { 10 }, { 20 } }, "b");
    private static readonly Matrix s_row = new(new double[,] { { 100, 200, 300 } });

    [Fact]
    public void The_product_multiplies_rows_by_columns() => Equal(new double[,] { { 0.5, 7 }, { 2, 16 } }, s_a * s_b);

    [Fact]
    public void A_product_with_transposes_is_the_product_of_the_transposed_numbers()
    {
        Equal(new double[,] { { 14, 32 }, { 32, 77 } }, s_a * s_a.T);
        Equal((s_b.T.Named("copy") * s_a.T.Named("copy")).ToArray(), s_b.T * s_a.T);
        Equal(new double[,] { { 17, 22, 27 }, { 22, 29, 36 }, { 27, 36, 45 } }, s_a.T * s_a);
        Assert.Same(s_a, s_a.T.T);
        Assert.Equal("Aᵀ 3×2", s_a.T.ToString());
        Assert.Equal(6, s_a.T[2, 1]);
    }

    [Fact]
    public void A_column_and_a_row_stretch_over_the_other_operand()
    {
        Equal(new double[,] { { 11, 12, 13 }, { 24, 25, 26 } }, s_a + s_column);
        Equal(new double[,] { { 9, 8, 7 }, { 16, 15, 14 } }, s_column - s_a);
        Equal(new double[,] { { 101, 202, 303 }, { 104, 205, 306 } }, s_a + s_row);
        Equal(new double[,] { { 10, 20, 30 }, { 80, 100, 120 } }, s_a.Hadamard(s_column));
        Equal(new double[,] { { 110, 210, 310 }, { 120, 220, 320 } }, s_column + s_row);
    }

    [Fact]
    public void Numbers_scale_and_shift_every_entry()
    {
        Equal(new double[,] { { 2, 4, 6 }, { 8, 10, 12 } }, 2 * s_a);
        Equal((s_a * 2).ToArray(), 2 * s_a);
        Equal(new double[,] { { 0.5, 1, 1.5 }, { 2, 2.5, 3 } }, s_a / 2);
        Equal(new double[,] { { 0, -1, -2 }, { -3, -4, -5 } }, 1 - s_a);
        Equal(new double[,] { { 0, 1, 2 }, { 3, 4, 5 } }, s_a - 1);
        Equal(new double[,] { { -1, -2, -3 }, { -4, -5, -6 } }, -s_a);
        Equal((s_a + 1).ToArray(), 1 + s_a);
    }

    [Fact]
    public void A_symbol_that_is_not_there_is_not_computed_with()
    {
        Matrix missing = Network.Create([10])["b3"]!;
        Assert.StartsWith(
            "A + null: ", Assert.Throws<ShapeException>(() => s_a + missing).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "null · A: ", Assert.Throws<ShapeException>(() => missing * s_a).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named_both()
    {
        Assert.Contains("2×3 · 2×3", Assert.Throws<ShapeException>(() => s_a * s_a).Message, StringComparison.Ordinal);
        string sum = Assert.Throws<ShapeException>(() => s_a + s_b).Message;
        Assert.Contains("2×3 + 3×2: A and B", sum, StringComparison.Ordinal);
        Assert.Contains(
            "2×3 ∘ 3×2", Assert.Throws<ShapeException>(() => s_a.Hadamard(s_b)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_and_extremes_are_those_of_the_numbers()
    {
        Equal(new double[,] { { 6 }, { 15 } }, s_a.RowSums());
        Equal(new double[,] { { 5, 7, 9 } }, s_a.ColumnSums());
        Assert.Equal((21, 3.5, 1, 6), (s_a.Sum(), s_a.Mean(), s_a.Min(), s_a.Max()));
        Assert.Equal(Math.Sqrt(91), s_a.Norm(), 1e-12);
        Assert.Equal([0, 1], s_b.ArgMax());
    }

    [Fact]
    public void Rows_and_columns_are_picked_by_position()
    {
        Equal(new double[,] { { 4, 5, 6 } }, s_a.Row(1));
        Equal(new double[,] { { 3, 1 }, { 6, 4 } }, s_a.Column(2, 0));
        Assert.Equal("NoSuchRowOrColumn", Assert.Throws<ShapeException>(() => s_a.Row(2)).ErrorId);
        Assert.Contains(
            "columns 0 to 2; asked for -1",
            Assert.Throws<ShapeException>(() => s_a.Column(0, -1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Softmax_makes_shares_of_one_and_does_not_overflow()
    {
        Matrix shares = new Matrix(new object[] { -2.1, 5.5, 0.1 }).Softmax();
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.Equal(Math.Exp(5.5) / (Math.Exp(-2.1) + Math.Exp(5.5) + Math.Exp(0.1)), shares[1, 0], 1e-12);
        Equal(new double[,] { { 1 }, { 0 } }, new Matrix(new double[,] { { 5000 }, { -5000 } }).Softmax());
    }

    [Fact]
    public void Lists_of_rows_and_plain_lists_become_matrices()
    {
        Equal(
            new double[,] { { 1, 2 }, { 3, 4.5 } },
            new Matrix(new object[] { new object[] { 1, 2L }, new List<double> { 3, 4.5 } }));
        Equal(new double[,] { { 1 }, { 2.5 } }, new Matrix(new object[] { (byte)1, "2.5" }));
        Equal(new double[,] { { 1, 2 } }, new Matrix((System.Collections.IEnumerable)new double[,] { { 1, 2 } }));
    }

    [Fact]
    public void Lists_that_are_no_matrix_are_refused()
    {
        Assert.Contains(
            "Row 1 has 1 numbers, row 0 has 2",
            Assert.Throws<ShapeException>(
                () => new Matrix(new object[] { new List<int> { 1, 2 }, new List<int> { 3 } })).Message,
            StringComparison.Ordinal);
        Assert.Equal("NotANumber", Assert.Throws<ShapeException>(() => new Matrix(new object[] { 1, "two" })).ErrorId);
        Assert.Equal("NotANumber", Assert.Throws<ShapeException>(() => new Matrix(new object?[] { 1, null })).ErrorId);
        Assert.Throws<ShapeException>(() => new Matrix(Array.Empty<object>()));
        Assert.Throws<ShapeException>(() => new Matrix(new object[] { Array.Empty<int>() }));
    }

    [Fact]
    public void The_view_of_a_large_matrix_is_a_corner_with_shape_and_range()
    {
        var random = new Random(1);
        string[] lines = new Matrix(Numbers(40, 500, (_, _) => random.NextDouble() - 0.5), "W1").ToText().Split('\n');

        Assert.Matches(@"^W1  40×500  -0\.\d{4} to 0\.\d{4}, mean ", lines[0]);
        Assert.Equal(10, lines.Length);
        Assert.Equal(7, lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Count());
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
        Assert.Contains('⋮', lines[^1]);
        Assert.All(lines, line => Assert.True(line.Length <= 70, line));
    }

    [Fact]
    public void A_small_matrix_is_shown_whole() => Assert.Equal(
        "A  2×3  1 to 6, mean 3.5000\n  1  2  3\n  4  5  6", s_a.ToText());

    [Fact]
    public void A_blank_corner_gives_way_to_the_first_numbers()
    {
        string[] lines = new Matrix(Numbers(100, 100, (r, c) => r == 50 && c == 20 ? 7 : 0)).ToText().Split('\n');
        Assert.EndsWith("; here from [50,14]", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  0  0  0  0", lines[1], StringComparison.Ordinal);
        Assert.Contains("  7  0", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_for_a_CSV_carry_every_number_exactly()
    {
        var rows = (s_b / 3).ToRows();
        Assert.Equal(3, rows.Length);
        Assert.Equal(["C0", "C1"], rows[0].Keys.Cast<string>());
        Assert.Equal(2 / 3.0, rows[1]["C1"]);
    }

    private static double[,] Numbers(int rows, int columns, Func<int, int, double> at)
    {
        var numbers = new double[rows, columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                numbers[r, c] = at(r, c);
            }
        }

        return numbers;
    }

    private static void Equal(double[,] expected, Matrix found) => Assert.Equal(expected, found.ToArray());
}
