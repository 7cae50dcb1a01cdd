using System.IO.Compression;
using System.Text;

namespace MnistNet.Tests;

public sealed class KaggleCsvReaderTests : IDisposable
{
    private static readonly byte[] First = Idx.SomePixels(2)[..784];
    private static readonly byte[] Second = Idx.SomePixels(2)[784..];
    private static readonly string FirstRow = Csv.Row(3, First);
    private static readonly string SecondRow = Csv.Row(9, Second);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[]> SoundTables()
    {
        string text = $"{Csv.Header}\n{FirstRow}\n{SecondRow}";
        byte[] plain = Encoding.UTF8.GetBytes(text);
        string quoted = string.Join(
            '\n', text.Split('\n').Select(line => string.Join(',', line.Split(',').Select(field => $"\"{field}\""))));
        return new TheoryData<string, byte[]>
        {
            { "no end of line at the end", plain },
            { "an end of line at the end", [.. plain, .. "\n"u8] },
            { "ends of line as on Windows", Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)
                + "\r\n") },
            { "a byte order mark", [.. Encoding.UTF8.Preamble, .. plain] },
            { "all fields quoted", Encoding.UTF8.GetBytes(quoted) },
            { "empty lines at the end", [.. plain, .. "\n\r\n\n"u8] },
            { "zeros in front", Csv.Table(Csv.Header, "0003" + FirstRow[1..], SecondRow) },
            { "other names of the pixels",
                Csv.Table(Csv.Header.Replace("pixel", "p", StringComparison.Ordinal), FirstRow, SecondRow) },
            { "no header", Csv.Table(FirstRow, SecondRow) },
            { "gzip", Idx.Gzip(plain) },
        };
    }

    [Theory]
    [MemberData(nameof(SoundTables))]
    public void A_table_with_labels_is_read(string kind, byte[] content)
    {
        DigitSet set = Read(_folder.Write("train.csv", content));

        Assert.Equal([3, 9], set.GetLabels());
        Assert.True(set.Pixels.SequenceEqual([.. First, .. Second]), kind);
        Assert.Equal((28, 28), (set.Rows, set.Columns));
    }

    [Fact]
    public void A_table_without_labels_is_read_as_digits_that_have_none()
    {
        DigitSet set = Read(_folder.Write("test.csv", Csv.Table(Csv.UnlabeledHeader, Csv.Row(First), Csv.Row(Second))));

        Assert.False(set.IsLabeled);
        Assert.True(set.Pixels.SequenceEqual([.. First, .. Second]));
    }

    [Fact]
    public void Many_rows_are_read_across_the_borders_of_the_buffer()
    {
        byte[] pixels = Idx.SomePixels(3000);
        string[] rows =
            [.. Enumerable.Range(0, 3000).Select(i => Csv.Row((byte)(i % 10), pixels.AsSpan(i * 784, 784)))];

        DigitSet set = Read(_folder.Write("train.csv", Csv.Table([Csv.Header, .. rows])));

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i % 10), set.GetLabels());
        Assert.True(set.Pixels.SequenceEqual(pixels));
    }

    public static TheoryData<string, byte[], string> WrongTables()
    {
        string WithField(int column, string value)
        {
            string[] fields = SecondRow.Split(',');
            fields[column - 1] = value;
            return string.Join(',', fields);
        }

        byte[] WithLine3(string line) => Csv.Table(Csv.Header, FirstRow, line);
        return new TheoryData<string, byte[], string>
        {
            { "CsvEmpty", [], "line 1, column 1: the file is empty" },
            { "CsvEmpty", "\n\n"u8.ToArray(), "line 1, column 1: the file is empty" },
            { "CsvEmpty", Idx.Gzip([]), "line 1, column 1: the file is empty" },
            { "CsvEmpty", Csv.Table(Csv.Header), "line 2, column 1: there is a header, but no row" },
            { "CsvWrongColumns", Csv.Table("id,name,value"),
                "line 1, column 4: there are 3 columns, the first of them 'id'" },
            { "CsvWrongColumns", Csv.Table(Csv.Header + ",pixel784"),
                "line 1, column 786: there are 786 columns, the first of them 'label'" },
            { "CsvWrongColumns", Csv.Table(Csv.UnlabeledHeader + ",label"),
                "line 1, column 785: there are 785 columns, the first of them 'pixel0'" },
            { "CsvMissingColumn", WithLine3(SecondRow[..SecondRow.LastIndexOf(',')]),
                "line 3, column 785: the row ends after 784 of 785 columns; pixel783 is missing" },
            { "CsvMissingColumn", WithLine3("7"),
                "line 3, column 2: the row ends after 1 of 785 columns; pixel0 is missing" },
            { "CsvExtraColumn", WithLine3(SecondRow + ",0"), "line 3, column 786: the row goes on" },
            { "CsvExtraColumn", WithLine3(SecondRow + ","), "line 3, column 786: the row goes on" },
            { "CsvNotANumber", WithLine3(WithField(19, "abc")),
                "line 3, column 19: found 'abc' for pixel17; expected a whole number from 0 to 255" },
            { "CsvNotANumber", WithLine3(WithField(19, "1.5")), "line 3, column 19: found '1.5'" },
            { "CsvNotANumber", WithLine3(WithField(19, "-1")), "line 3, column 19: found '-1'" },
            { "CsvNotANumber", WithLine3(WithField(19, "")), "line 3, column 19: found nothing" },
            { "CsvNotANumber", WithLine3(WithField(19, "\"")), "line 3, column 19: found '\"'" },
            { "CsvNotANumber", WithLine3(WithField(19, "\u001b[31m")), "line 3, column 19: found '?[31m'" },
            { "CsvOutOfRange", WithLine3(WithField(2, "256")),
                "line 3, column 2: found '256' for pixel0; expected a whole number from 0 to 255" },
            { "CsvOutOfRange", WithLine3(WithField(785, "4294967297")),
                "line 3, column 785: found '4294967297' for pixel783" },
            { "CsvOutOfRange", WithLine3(WithField(1, "10")),
                "line 3, column 1: found '10' for label; expected a whole number from 0 to 9" },
            { "CsvLineTooLong", WithLine3(new string('0', 1 << 17)), "line 3, column 1: the line is longer" },
            { "HtmlPage", "<html><body>Sign in</body></html>"u8.ToArray(), "an HTML page" },
            { "HtmlPage", Idx.Gzip("\n <!doctype html>"u8.ToArray()), "an HTML page" },
            { "GzipTruncated", Idx.Gzip(WithLine3(SecondRow))[..^4], "cut off" },
        };
    }

    [Theory]
    [MemberData(nameof(WrongTables))]
    public void A_wrong_table_is_an_error_with_line_and_column(string errorId, byte[] content, string found)
    {
        string path = _folder.Write("wrong.csv", content);

        DataFormatException error = Assert.Throws<DataFormatException>(() => Read(path));

        Assert.Equal(errorId, error.ErrorId);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_of_rows_is_refused_with_memory_bounded()
    {
        byte[] row = Encoding.UTF8.GetBytes(Csv.Row(0, new byte[784]) + "\n");
        byte[] rows = [.. Enumerable.Repeat(row, 50_000).SelectMany(bytes => bytes)];
        string path = _folder.Write("bomb.csv", Idx.Gzip(rows, CompressionLevel.Optimal));

        long before = GC.GetAllocatedBytesForCurrentThread();
        DataFormatException error = Assert.Throws<DataFormatException>(() => Read(path));

        Assert.Equal("GzipBomb", error.ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }

    private static DigitSet Read(string path) =>
        KaggleCsvReader.Read(path, "a set", TestContext.Current.CancellationToken);
}
