using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

/// <summary>What holds for all files: sets come back as they were written, and no file harms its reader.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    // More than a reader of small files may take, and far less than their headers can be made to claim.
    private const long MemoryLimit = 96 << 20;

    private static readonly string[] IdxNames = ["raw/a-images-idx3-ubyte", "gzip/a-images-idx3-ubyte.gz"];
    private static readonly string[] TableNames = ["a.csv", "a.csv.gz"];

    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.OneOf(
        from at in Gen.Choose(0, 1 << 20)
        from value in Gen.Choose(0, 255)
        select (Func<byte[], byte[]>)(bytes => Replaced(bytes, at, (byte)value)),
        from at in Gen.Choose(0, 1 << 20)
        select (Func<byte[], byte[]>)(bytes => bytes[..(at % (bytes.Length + 1))]),
        from at in Gen.Choose(0, 1 << 20)
        from length in Gen.Choose(1, 40)
        from value in Gen.Elements((byte)0, (byte)',', (byte)'9', (byte)0xFF)
        select (Func<byte[], byte[]>)(bytes =>
            [.. bytes[..(at % (bytes.Length + 1))], .. Enumerable.Repeat(value, length), .. bytes[(at % (bytes.Length
                + 1))..]]));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sets_written_as_idx_come_back_from_raw_and_gzip()
    {
        Gen<(int Rows, int Columns, byte[] Labels, int Seed)> sets =
            from rows in Gen.Choose(1, 30)
            from columns in Gen.Choose(1, 30)
            from labels in Gen.Choose(0, 9).Select(label => (byte)label).NonEmptyListOf()
            from seed in Gen.Choose(0, int.MaxValue)
            select (rows, columns, labels.ToArray(), seed);

        Prop.ForAll(sets.ToArbitrary(), set =>
        {
            byte[] pixels = Noise(set.Seed, set.Labels.Length * set.Rows * set.Columns);
            byte[] images = Idx.Images(set.Labels.Length, pixels, set.Rows, set.Columns);
            _folder.Write("raw/a-images-idx3-ubyte", images);
            _folder.Write("raw/a-labels-idx1-ubyte", Idx.Labels(set.Labels));
            _folder.Write("gzip/a-images-idx3-ubyte.gz", Idx.Gzip(images));
            _folder.Write("gzip/a-labels-idx2-int.gz", Idx.Gzip(Idx.ExtendedLabels(set.Labels)));

            foreach (string name in IdxNames)
            {
                DigitSet read = Load(name);
                Assert.Equal((set.Rows, set.Columns), (read.Rows, read.Columns));
                Assert.True(read.Pixels.SequenceEqual(pixels));
                Assert.True(read.Labels.SequenceEqual(set.Labels));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sets_written_as_tables_come_back_from_raw_and_gzip()
    {
        Gen<(byte[] Labels, int Seed, bool Labeled, string EndOfLine)> sets =
            from labels in Gen.Choose(0, 9).Select(label => (byte)label).NonEmptyListOf()
            from seed in Gen.Choose(0, int.MaxValue)
            from labeled in Gen.Elements(true, false)
            from endOfLine in Gen.Elements("\n", "\r\n")
            select (labels.ToArray(), seed, labeled, endOfLine);

        Prop.ForAll(sets.ToArbitrary(), set =>
        {
            byte[] pixels = Noise(set.Seed, set.Labels.Length * 784);
            IEnumerable<string> rows =
                set.Labels.Select(
                    (label, i) => set.Labeled ? Csv.Row(
                        label, pixels.AsSpan(i * 784, 784)) : Csv.Row(pixels.AsSpan(i * 784, 784)));
            byte[] table =
                Encoding.UTF8.GetBytes(
                    string.Join(set.EndOfLine, [set.Labeled ? Csv.Header : Csv.UnlabeledHeader, .. rows]));
            _folder.Write("a.csv", table);
            _folder.Write("a.csv.gz", Idx.Gzip(table));

            foreach (string name in TableNames)
            {
                DigitSet read = Load(name);
                Assert.True(read.Pixels.SequenceEqual(pixels));
                Assert.True(read.Labels.SequenceEqual(set.Labeled ? set.Labels : []));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public void A_file_changed_anyhow_is_read_or_refused_and_never_takes_memory_for_its_claims(string name)
    {
        byte[] pixels = Noise(1, 3 * 784);
        byte[] sound = name.StartsWith('a')
            ? Csv.Table(Csv.Header, Csv.Row(1, pixels.AsSpan(0, 784)), Csv.Row(2, pixels.AsSpan(784, 784)))
            : Idx.Images(3, pixels);
        sound = name.EndsWith(".gz", StringComparison.Ordinal) ? Idx.Gzip(sound) : sound;
        string path = _folder.Write(name, sound);

        Prop.ForAll(Mutation.NonEmptyListOf().ToArbitrary(), mutations =>
        {
            File.WriteAllBytes(path, mutations.Aggregate(sound, (bytes, mutate) => mutate(bytes)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.NotEqual(0, Load(name).Count);
            }
            catch (DataFormatException error)
            {
                Assert.Equal(path, error.Path);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_gzip_cut_off_anywhere_is_refused()
    {
        byte[] sound = Idx.Gzip(Idx.Images(2, Noise(2, 2 * 784)));

        for (int length = 0; length < sound.Length; length++)
        {
            _folder.Write("cut", sound[..length]);
            Assert.Throws<DataFormatException>(() => Load("cut"));
        }
    }

    private static byte[] Replaced(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        if (changed.Length > 0)
        {
            // Half of the changes hit the first bytes, where headers are.
            changed[at % (at % 2 == 0 ? Math.Min(changed.Length, 24) : changed.Length)] = value;
        }

        return changed;
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private DigitSet Load(string name) =>
        MnistSource.LoadFile(new MnistSourceOptions { Path = _folder[name] }, TestContext.Current.CancellationToken);
}
