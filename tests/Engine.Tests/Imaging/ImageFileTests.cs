namespace MnistNet.Tests;

/// <summary>The decoder counts its memory for the whole process, so no other test runs meanwhile.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class ImageFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_JPEG_looks_as_it_was_before_it_was_written()
    {
        ColorImage drawn = Ramp(61, 43);

        AssertLooksLike(drawn, Read(drawn.ToJpeg(95)), tolerance: 5);
    }

    [Fact]
    public void A_BMP_is_read_to_the_grey_of_its_colours()
    {
        ColorImage drawn = Ramp(61, 43);

        AssertLooksLike(drawn, Read(drawn.ToBmp()), tolerance: 1);
    }

    // Where each orientation puts the picture's first pixel: EXIF 2.32, tag Orientation.
    [Theory]
    [InlineData(1, false, 0, 0)]
    [InlineData(2, false, 1, 0)]
    [InlineData(3, false, 1, 1)]
    [InlineData(4, false, 0, 1)]
    [InlineData(5, true, 0, 0)]
    [InlineData(6, true, 1, 0)]
    [InlineData(7, true, 1, 1)]
    [InlineData(8, true, 0, 1)]
    public void A_picture_is_turned_as_the_camera_was_held(int orientation, bool turned, int right, int bottom)
    {
        // The corner of the first pixel is black, its neighbour along the row is grey.
        var drawn = new ColorImage(48, 32);
        drawn.Rgb.AsSpan().Fill(255);
        Fill(drawn, 0, 0, 8, 8, 0);
        Fill(drawn, 40, 0, 8, 8, 128);

        GreyImage image = Read(drawn.ToJpeg(95, orientation));

        Assert.Equal(turned ? (32, 48) : (48, 32), (image.Width, image.Height));
        Assert.InRange(Corner(image, right, bottom), 0, 10);
        (int otherRight, int otherBottom) = turned ? (right, 1 - bottom) : (1 - right, bottom);
        Assert.InRange(Corner(image, otherRight, otherBottom), 118, 138);
        Assert.InRange(Corner(image, 1 - right, 1 - bottom), 245, 255);
    }

    [Fact]
    public void A_picture_is_told_by_its_content_and_not_by_its_name()
        => Assert.Equal(30, ImageFile.Load(_folder.Write("photo.png", Ramp(30, 20).ToJpeg(75))).Width);

    [Theory]
    [InlineData("00000018667479706865696300000000", "HEIC")]
    [InlineData("0000001C6674797061766966", "AVIF")]
    [InlineData("52494646AABBCCDD57454250", "WebP")]
    [InlineData("474946383961010001000000", "GIF")]
    [InlineData("49492A0008000000", "TIFF")]
    [InlineData("255044462D312E370A", "PDF")]
    [InlineData("504B03041400", "zip")]
    [InlineData("68656C6C6F", "text")]
    [InlineData("EFBBBF68650A", "text")]
    [InlineData("68", "text")]
    [InlineData("0001", "no picture")]
    public void What_is_no_picture_of_ours_is_named_and_the_remedy_told(string content, string name)
    {
        DataFormatException error = Refused(Convert.FromHexString(content), "ImageFormatUnknown");

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("Save it as PNG, JPEG or BMP.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_and_a_pipe_are_refused_at_once()
    {
        Assert.Equal(
            "ImageEmpty", Assert.Throws<DataFormatException>(() => ImageFile.Load(_folder.Write("a.png", []))).ErrorId);
        Assert.Equal(
            "ImageEmpty", Assert.Throws<DataFormatException>(() => ImageFile.Load(_folder.MakePipe("b.png"))).ErrorId);
    }

    [Fact]
    public void The_ten_bytes_that_hang_the_decoder_are_refused()
        => Refused(Convert.FromHexString("FFD8FFE02A104A46494600"), "ImageTruncated");

    [Fact]
    public void A_JPEG_cut_off_anywhere_is_refused()
    {
        byte[] sound = Ramp(40, 24).ToJpeg(75);
        for (int length = 3; length < sound.Length - 1; length++)
        {
            Assert.Throws<DataFormatException>(() => Read(sound[..length]));
        }
    }

    [Fact]
    public void A_BMP_cut_off_anywhere_is_refused()
    {
        byte[] sound = Ramp(9, 5).ToBmp();
        for (int length = 2; length < sound.Length; length++)
        {
            Assert.Equal("ImageTruncated", Assert.Throws<DataFormatException>(() => Read(sound[..length])).ErrorId);
        }
    }

    [Fact]
    public void A_damaged_file_leaves_no_memory_behind()
    {
        byte[] sound = Ramp(64, 64).ToJpeg(75);
        int before = StbImageSharp.StbImage.NativeAllocations;
        for (int length = 700; length < sound.Length; length += 50)
        {
            Assert.Throws<DataFormatException>(() => Read(sound[..length]));
        }

        Assert.Equal(before, StbImageSharp.StbImage.NativeAllocations);
    }

    [Fact]
    public void A_JPEG_of_print_colours_is_named()
    {
        byte[] jpeg =
        [
            0xFF, 0xD8, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0, 0xFF, 0xDA,
        ];

        Assert.Contains("CMYK", Refused(jpeg, "JpegKindUnknown").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(10_000, 5_200)]
    public void A_picture_too_large_is_refused_with_the_size_that_is_allowed(int width, int height)
    {
        byte[] jpeg =
        [
            0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1,
            0x11, 0, 0xFF, 0xDA,
        ];
        byte[] bmp = Ramp(2, 2).ToBmp();
        BitConverter.GetBytes(width).CopyTo(bmp, 18);
        BitConverter.GetBytes(-height).CopyTo(bmp, 22);

        Assert.Contains("51,000,000", Refused(jpeg, "ImageTooLarge").Message, StringComparison.Ordinal);
        Assert.Contains("30,000,000", Refused(bmp, "ImageTooLarge").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_JPEG_that_claims_more_pixels_than_its_bytes_can_hold_takes_no_memory()
    {
        byte[] sound = Ramp(16, 16).ToJpeg(75);
        int frame = sound.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (sound[frame + 5], sound[frame + 7]) = (20, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refused(sound, "ImageTruncated");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_JPEG_of_thousands_of_scans_is_refused()
    {
        byte[] sound = Ramp(16, 16).ToJpeg(75);
        byte[] bomb =
        [
            .. sound[..^2],
            .. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0], 200).SelectMany(scan => scan),
        ];

        Assert.Contains("scans", Refused(bomb, "JpegDamaged").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_fifty_megapixels_is_searched_in_less_than_400_MB()
    {
        var image = new GreyImage(8160, 6120, new byte[8160 * 6120]);
        image.Levels.AsSpan().Fill(230);
        for (int y = 1500; y < 4500; y++)
        {
            image.Row(y).Slice(4000 - (y / 4), 300).Fill(40);
        }

        using var png = new MemoryStream();
        PngWriter.Write(png, image);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Single(DigitFinder.Find(Read(png.ToArray()), Ink.Auto, multiple: false, "test", _ => { }));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 400 << 20);
    }

    private static DataFormatException Refused(byte[] content, string id)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => Read(content));
        Assert.Equal(id, error.ErrorId);
        return error;
    }

    private static GreyImage Read(byte[] content) => ImageFile.Read(new MemoryStream(content), "test");

    private static void AssertLooksLike(ColorImage drawn, GreyImage read, int tolerance)
    {
        Assert.Equal((drawn.Width, drawn.Height), (read.Width, read.Height));
        for (int i = 0; i < read.Levels.Length; i++)
        {
            int grey = Luma.Of(drawn.Rgb[3 * i], drawn.Rgb[(3 * i) + 1], drawn.Rgb[(3 * i) + 2]);
            Assert.InRange(read.Levels[i], grey - tolerance, grey + tolerance);
        }
    }

    private static ColorImage Ramp(int width, int height)
    {
        var image = new ColorImage(width, height);
        for (int i = 0; i < width * height; i++)
        {
            image.Rgb[3 * i] = (byte)(i % width * 255 / width);
            image.Rgb[(3 * i) + 1] = (byte)(i / width * 255 / height);
            image.Rgb[(3 * i) + 2] = 100;
        }

        return image;
    }

    private static void Fill(ColorImage image, int left, int top, int width, int height, byte level)
    {
        for (int y = top; y < top + height; y++)
        {
            image.Rgb.AsSpan(3 * ((y * image.Width) + left), 3 * width).Fill(level);
        }
    }

    private static byte Corner(GreyImage image, int right, int bottom)
        => image.Row(bottom == 1 ? image.Height - 3 : 2)[right == 1 ? image.Width - 3 : 2];
}
