using System.Text;
using System.Text.Json;

namespace MnistNet.Tests;

public sealed class PngReaderTests
{
    private static readonly byte[] s_sound = Written(new GreyImage(3, 2, [0, 1, 2, 253, 254, 255]));

    public static IEnumerable<TheoryDataRow<string>> Oracle =>
        Cases().Select(picture => new TheoryDataRow<string>(picture.Name));

    // See tests/oracles/png_images.py.
    [Theory]
    [MemberData(nameof(Oracle))]
    public void Every_kind_of_PNG_is_read_to_the_bit_as_the_Python_Imaging_Library_reads_it(string name)
    {
        (_, int width, int height, byte[] png, byte[] grey) = Cases().Single(picture => picture.Name == name);

        GreyImage image = Read(png);

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(grey, image.Levels);
    }

    [Fact]
    public void The_oracle_holds_every_colour_type_and_depth_with_and_without_interlacing()
        => Assert.Equal(30, Cases().Count(picture => picture.Name.StartsWith("13x11", StringComparison.Ordinal)
            && !picture.Name.EndsWith("transparent", StringComparison.Ordinal)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(28, 28)]
    [InlineData(1, 500)]
    [InlineData(300, 7)]
    public void What_was_written_comes_back_to_the_very_bytes(int width, int height)
    {
        var levels = new byte[width * height];
        new Random(width).NextBytes(levels);

        Assert.Equal(levels, Read(Written(new GreyImage(width, height, levels))).Levels);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < s_sound.Length; length++)
        {
            Assert.Throws<DataFormatException>(() => Read(s_sound[..length]));
        }
    }

    [Fact]
    public void A_single_wrong_bit_anywhere_is_refused()
    {
        for (int bit = 0; bit < 8 * s_sound.Length; bit++)
        {
            byte[] damaged = [.. s_sound];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DataFormatException>(() => Read(damaged));
        }
    }

    [Theory]
    [InlineData(0, 5, "ImageEmpty")]
    [InlineData(5, 0, "ImageEmpty")]
    [InlineData(100_000, 1, "ImageTooLarge")]
    [InlineData(100_000, 100_000, "ImageTooLarge")]
    [InlineData(10_000, 10_000, "ImageTooLarge")]
    [InlineData(-1, -1, "ImageTooLarge")]
    public void A_size_that_is_not_allowed_is_refused_before_any_memory_is_taken(int width, int height, string id)
    {
        byte[] header = [.. BigEndian(width), .. BigEndian(height), 8, 0, 0, 0, 0];
        byte[] png =
            [.. PngChunk.Signature, .. Chunk("IHDR", header), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
        long before = GC.GetAllocatedBytesForCurrentThread();

        DataFormatException error = Assert.Throws<DataFormatException>(() => Read(png));

        Assert.Equal(id, error.ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Pixels_that_ask_for_a_dictionary_are_refused()
    {
        // 78 is deflate with a window of 32 KiB, BB asks for a dictionary (RFC 1950, FDICT).
        byte[] header = [.. BigEndian(3), .. BigEndian(2), 8, 0, 0, 0, 0];
        byte[] png =
        [
            .. PngChunk.Signature, .. Chunk("IHDR", header), .. Chunk(
                "IDAT", [0x78, 0xBB, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]), .. Chunk("IEND", []),
        ];

        Assert.Equal("PngDamaged", Assert.Throws<DataFormatException>(() => Read(png)).ErrorId);
    }

    [Fact]
    public void Of_an_animated_picture_the_still_image_is_read()
    {
        int end = s_sound.AsSpan().IndexOf("IDAT"u8) - 4;
        byte[] animated = [.. s_sound[..end], .. Chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), .. s_sound[end..]];

        Assert.Equal([0, 1, 2, 253, 254, 255], Read(animated).Levels);
    }

    [Fact]
    public void A_chunk_that_must_be_understood_and_is_not_is_named()
    {
        int end = s_sound.AsSpan().IndexOf("IDAT"u8) - 4;
        byte[] strange = [.. s_sound[..end], .. Chunk("ABCD", [1]), .. s_sound[end..]];

        Assert.Contains(
            "ABCD", Assert.Throws<DataFormatException>(() => Read(strange)).Message, StringComparison.Ordinal);
    }

    private static GreyImage Read(byte[] png) => PngReader.Read(new MemoryStream(png), "test.png");

    private static byte[] Written(GreyImage image)
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, image);
        return stream.ToArray();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var crc = new Crc32();
        crc.Append(body);
        return [.. BigEndian(data.Length), .. body, .. BigEndian((int)crc.Value)];
    }

    private static byte[] BigEndian(int number) =>
        [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static IEnumerable<(string Name, int Width, int Height, byte[] Png, byte[] Grey)> Cases()
    {
        using JsonDocument oracle =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "oracles", "png_images.json")));
        return [.. oracle.RootElement.EnumerateArray().Select(picture => (
            picture.GetProperty("name").GetString()!,
            picture.GetProperty("width").GetInt32(),
            picture.GetProperty("height").GetInt32(),
            picture.GetProperty("png").GetBytesFromBase64(),
            picture.GetProperty("grey").GetBytesFromBase64()))];
    }
}
