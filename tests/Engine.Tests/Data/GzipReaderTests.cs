using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

/// <summary>What RFC 1952 allows in a gzip file, and what it does not.</summary>
public sealed class GzipReaderTests
{
    // Long enough for members to end on both sides of every block boundary of the reader.
    private static readonly byte[] Noise = MakeNoise(100_000);

    [Fact]
    public void Members_one_after_another_are_one_content()
    {
        Gen<(int[] Lengths, int Padding, CompressionLevel Level)> files =
            from lengths in Gen.Choose(0, 10_000).NonEmptyListOf()
            from padding in Gen.Elements(0, 1, 2, 511, 10_240)
            from level in Gen.Elements(
                CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal)
            select (lengths.ToArray(), padding, level);

        Prop.ForAll(files.ToArbitrary(), file =>
        {
            byte[][] parts = [.. file.Lengths.Select((length, i) => Noise[(i % 100)..((i % 100) + length)])];
            byte[] packed = [.. parts.SelectMany(part => Idx.Gzip(part, file.Level)), .. new byte[file.Padding]];

            Assert.Equal(parts.SelectMany(part => part), Read(packed));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_member_of_any_length_ends_where_it_ends()
    {
        // Around the blocks of 8 KiB in which the inflater takes its input, where end and trailer part ways.
        for (int length = 8_100; length < 8_220; length++)
        {
            byte[] part = Noise[..length];
            Assert.Equal([.. part, .. part], Read([.. Idx.Gzip(part), .. Idx.Gzip(part), 0]));
        }
    }

    [Fact]
    public void A_file_of_several_members_cut_off_anywhere_is_refused_except_between_two()
    {
        byte[] first = Idx.Gzip(Noise[..300]), second = Idx.Gzip(Noise[..200]), whole = [.. first, .. second];

        for (int length = 2; length < whole.Length; length++)
        {
            if (length == first.Length)
            {
                Assert.Equal(Noise[..300], Read(whole[..length]));
                continue;
            }

            byte[] cut = whole[..length];
            DataFormatException error = Assert.Throws<DataFormatException>(() => Read(cut));
            Assert.True(error.ErrorId is "GzipTruncated" or "GzipDamaged", error.Message);
        }
    }

    [Fact]
    public void Any_one_bit_changed_is_refused_or_changes_nothing()
    {
        byte[] sound = [.. Idx.Gzip(Noise[..150]), .. Idx.Gzip(Noise[..80])];

        for (int bit = 16; bit < 8 * sound.Length; bit++)
        {
            byte[] changed = [.. sound];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // A header's time and system may be anything.
                Assert.Equal([.. Noise[..150], .. Noise[..80]], Read(changed));
            }
            catch (DataFormatException error)
            {
                Assert.StartsWith("Gzip", error.ErrorId, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_header_may_have_a_name_a_comment_extra_fields_and_a_checksum()
    {
        byte[] plain = Idx.Gzip(Noise[..500]);
        byte[] header =
            [0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 255, 3, 0, 1, 2, 3, .. "name\0"u8, .. "a comment\0"u8];
        var checksum = new Crc32();
        checksum.Append(header);
        byte[] rich = [.. header, (byte)checksum.Value, (byte)(checksum.Value >> 8), .. plain[10..]];

        Assert.Equal(Noise[..500], Read(rich));
        rich[header.Length]++;
        Assert.Contains(
            "its header", Assert.Throws<DataFormatException>(() => Read(rich)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("\0\0\0rubbish")]
    public void What_follows_the_last_member_is_zeros_or_an_error(string rest)
        => Assert.Equal(
            "GzipFollowed",
            Assert.Throws<DataFormatException>(() => Read([.. Idx.Gzip(Noise[..50]), .. rest.Select(c => (byte)c)]))
                .ErrorId);

    [Fact]
    public void The_checksum_of_any_bytes_is_the_one_that_gzip_writes()
        => Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes.Length > 0).ToArbitrary(), bytes =>
        {
            var checksum = new Crc32();
            checksum.Append(bytes.AsSpan(0, bytes.Length / 3));
            checksum.Append(bytes.AsSpan(bytes.Length / 3));
            Assert.Equal(BitConverter.ToUInt32(Idx.Gzip(bytes).AsSpan()[^8..^4]), checksum.Value);
        }).QuickCheckThrowOnFailure();

    private static byte[] Read(byte[] packed)
    {
        using ContentReader reader = ContentReader.Over(packed, new Uri("http://example.org/file.gz"));
        var content = new byte[1 << 20];
        return content[..reader.Read(content)];
    }

    private static byte[] MakeNoise(int length)
    {
        // Half noise and half repetition, so that it shrinks and yet not to nothing.
        var noise = new byte[length];
        new Random(3).NextBytes(noise);
        for (int i = 0; i < length; i += 2)
        {
            noise[i] = (byte)(i / 64);
        }

        return noise;
    }
}
