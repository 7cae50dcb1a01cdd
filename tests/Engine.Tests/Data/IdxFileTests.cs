using System.Security.Cryptography;

namespace MnistNet.Tests;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_are_read_raw_and_gzipped_whatever_the_name(bool gzipped)
    {
        byte[] pixels = Idx.SomePixels(3);
        byte[] content = Idx.Images(3, pixels);

        IdxFile file = ReadImages(_folder.Write("any.name", gzipped ? Idx.Gzip(content) : content));

        Assert.Equal((3, 28, 28), (file.Count, file.Rows, file.Columns));
        Assert.Equal(pixels, file.Pixels);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetSha256());
    }

    [Fact]
    public void Labels_are_read_as_bytes_and_from_the_first_column_of_QMNIST()
    {
        Assert.Equal([5, 0, 9], ReadLabels(_folder.Write("a", Idx.Labels(5, 0, 9))).GetLabels());
        Assert.Equal([5, 0, 9], ReadLabels(_folder.Write("b", Idx.Gzip(Idx.ExtendedLabels(5, 0, 9)))).GetLabels());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_label_over_9_is_named_with_its_position(bool extended)
    {
        string path = _folder.Write("labels", extended ? Idx.ExtendedLabels(1, 2, 12) : Idx.Labels(1, 2, 12));

        DataFormatException error = Assert.Throws<DataFormatException>(() => ReadLabels(path).GetLabels());

        Assert.Equal("LabelOutOfRange", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("label 2 (counted from 0) is 12", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> WrongImages()
    {
        byte[] whole = Idx.Images(2, Idx.SomePixels(2));
        byte[] gzip = Idx.Gzip(whole);
        byte[] page = "\r\n<!DOCTYPE html><html><body>Sign in to the network</body></html>"u8.ToArray();
        byte[] flipped = [.. gzip];
        flipped[^6] ^= 1;
        return new TheoryData<string, byte[], string>
        {
            { "IdxWrongMagic", [], "the file is empty" },
            { "IdxWrongMagic", [0, 0, 8], "begins with 000008" },
            { "IdxWrongMagic", Idx.Header(0x0D03, 2, 28, 28), "begins with 00000D03" },
            { "IdxWrongMagic", Idx.Labels(1, 2), "holds labels; expected images" },
            { "IdxTruncated", whole[..10], "within its header" },
            { "IdxTruncated", whole[..^1], "claims 2 × 28 × 28 images, 1,568 bytes" },
            { "IdxTooLong", [.. whole, 0], "more in it than the 1,568 bytes" },
            { "IdxTooLong", Idx.Gzip([.. whole, 0]), "more in it than the 1,568 bytes" },
            { "IdxTruncated", Idx.Gzip(whole[..^1]), "only 1,567 are there" },
            { "IdxEmpty", Idx.Header(0x0803, 0, 28, 28), "0 × 28 × 28" },
            { "IdxTooLarge", Idx.Header(0x0803, -1, 28, 28), "claims 4,294,967,295 × 28 × 28" },
            { "IdxTooLarge", Idx.Header(0x0803, -1, -1, -1), "claims 4,294,967,295 × 4,294,967,295" },
            { "IdxTruncated", Idx.Gzip(Idx.Header(0x0803, 1_000_000, 28, 28)), "a file of this size holds at most" },
            { "GzipTruncated", gzip[..(gzip.Length / 2)], "cut off" },
            { "GzipDamaged", gzip[..^8], "checksum or its length is wrong, or missing" },
            { "GzipTruncated", gzip[..^1], "cut off" },
            { "GzipFollowed", [.. gzip, .. "rubbish"u8], "something follows" },
            { "GzipTruncated", [0x1F, 0x8B], "cut off" },
            { "GzipDamaged", flipped, "checksum" },
            { "HtmlPage", page, "an HTML page" },
            { "HtmlPage", Idx.Gzip(page), "an HTML page" },
        };
    }

    [Theory]
    [MemberData(nameof(WrongImages))]
    public void A_wrong_file_is_an_error_that_names_the_file_and_what_was_found(
        string errorId, byte[] content, string found)
    {
        string path = _folder.Write("wrong", content);

        DataFormatException error = Assert.Throws<DataFormatException>(() => ReadImages(path));

        Assert.Equal((errorId, path), (error.ErrorId, error.Path));
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extended_labels_need_8_columns()
    {
        string path = _folder.Write("labels", [.. Idx.Header(0x0C02, 1, 2), .. Idx.Header(7, 0)]);

        Assert.Equal("IdxWrongShape", Assert.Throws<DataFormatException>(() => ReadLabels(path)).ErrorId);
    }

    [Fact]
    public void A_header_that_claims_a_gigabyte_gets_no_memory_for_it()
    {
        // 1.05 MB of incompressible gzip could hold the claim by deflate's limit, so only the growth with the content
        // protects.
        var noise = new byte[1_100_000];
        new Random(1).NextBytes(noise);
        string path = _folder.Write("claim", Idx.Gzip([.. Idx.Header(0x0803, 1_300_000, 28, 28), .. noise]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        DataFormatException error = Assert.Throws<DataFormatException>(() => ReadImages(path));

        Assert.Equal("IdxTruncated", error.ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 70 << 20);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_with_memory_bounded()
    {
        const int Count = 1_000_000;
        string path = _folder.Write("bomb", Idx.Bomb(Idx.Header(0x0803, Count, 28, 28), Count * 784L));

        long before = GC.GetAllocatedBytesForCurrentThread();
        DataFormatException error = Assert.Throws<DataFormatException>(() => ReadImages(path));

        Assert.Equal("GzipBomb", error.ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 20);
    }

    [Fact]
    public void A_missing_file_is_an_error_of_the_source()
    {
        string path = _folder["nowhere"];

        DataSourceException error = Assert.Throws<DataSourceException>(() => ReadImages(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using (var process = System.Diagnostics.Process.Start("mkfifo", _folder["pipe"]))
        {
            process.WaitForExit();
        }

        File.CreateSymbolicLink(_folder["link"], _folder["pipe"]);

        Assert.Contains(
            "the file is empty",
            Assert.Throws<DataFormatException>(() => ReadImages(_folder["pipe"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the file is empty",
            Assert.Throws<DataFormatException>(() => ReadImages(_folder["link"])).Message,
            StringComparison.Ordinal);
    }

    private static IdxFile ReadImages(string path)
    {
        using ContentReader reader = ContentReader.Open(path);
        return IdxFile.ReadImages(reader, TestContext.Current.CancellationToken);
    }

    private static IdxFile ReadLabels(string path)
    {
        using ContentReader reader = ContentReader.Open(path);
        return IdxFile.ReadLabels(reader, TestContext.Current.CancellationToken);
    }
}
