using System.IO.Compression;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

/// <summary>What is promised of digits saved in data formats: they come back to the byte.</summary>
public sealed class DigitFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("some.csv", DigitFileFormat.Csv)]
    [InlineData("some.CSV.gz", DigitFileFormat.Csv)]
    [InlineData("some.npz", DigitFileFormat.Npz)]
    [InlineData("some-images-idx3-ubyte", DigitFileFormat.Idx)]
    [InlineData("some-images.idx3-ubyte.gz", DigitFileFormat.Idx)]
    public void Digits_come_back_to_the_byte_from_the_file_whose_name_tells_the_format(
        string name, DigitFileFormat format)
    {
        Assert.Equal(format, DigitFile.FormatOf(name));
        Prop.ForAll(AnySet(isOf28: format == DigitFileFormat.Csv), set =>
        {
            string path = PathOf($"{Guid.NewGuid():N}{name}");
            DigitFile.Save(set, path, format);
            AssertSame(set, Load(path));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("sevens", "sevens-images-idx3-ubyte", "sevens-labels-idx1-ubyte")]
    [InlineData("sevens.gz", "sevens-images-idx3-ubyte.gz", "sevens-labels-idx1-ubyte.gz")]
    [InlineData("sevens-images-idx3-ubyte.gz", "sevens-images-idx3-ubyte.gz", "sevens-labels-idx1-ubyte.gz")]
    [InlineData("sevens-images.idx3-ubyte", "sevens-images.idx3-ubyte", "sevens-labels.idx1-ubyte")]
    [InlineData("a.b", "a.b-images-idx3-ubyte", "a.b-labels-idx1-ubyte")]
    public void An_idx_pair_is_named_by_its_stem_and_gzipped_by_its_name(string path, string images, string labels)
    {
        DigitSet set = SmallDigits.Make(7);

        DigitFile.Save(set, PathOf(path), DigitFileFormat.Idx);

        Assert.Equal([images, labels], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.True(MnistSource.IsSingleSet(PathOf(path)));
        AssertSame(set, Load(PathOf(path)));
        AssertSame(set, Load(PathOf(images)));
        Assert.Equal(
            path.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(PathOf(images)) is [0x1F, 0x8B, ..]);
    }

    [Fact]
    public void The_files_of_MNIST_itself_come_out_as_they_are_published()
    {
        string? folder = Environment.GetEnvironmentVariable(MnistSourceOptions.FolderVariable);
        Assert.SkipWhen(folder is null, "MNISTNET_DATA names no folder with the real digits.");
        DigitSet test = MnistSource.LoadSplit(new MnistSourceOptions { Path = folder }, DatasetSplit.Test);

        DigitFile.Save(test, PathOf("t10k"), DigitFileFormat.Idx);

        DatasetDescriptor mnist = DatasetDescriptor.Of(DatasetName.Mnist);
        Assert.Equal(mnist.TestImages.Sha256, Sha256(PathOf("t10k-images-idx3-ubyte")));
        Assert.Equal(mnist.TestLabels.Sha256, Sha256(PathOf("t10k-labels-idx1-ubyte")));
    }

    [Fact]
    public void The_same_digits_give_the_same_bytes()
    {
        DigitSet set = SmallDigits.Make(5);
        foreach (string name in new[] { "a.npz", "a.csv.gz", "a-images-idx3-ubyte.gz" })
        {
            DigitFile.Save(set, PathOf(name), DigitFile.FormatOf(name));
            byte[] first = File.ReadAllBytes(PathOf(name));
            DigitFile.Save(set, PathOf(name), DigitFile.FormatOf(name));
            Assert.Equal(first, File.ReadAllBytes(PathOf(name)));
        }
    }

    [Fact]
    public void NumPy_loads_the_arrays_under_their_names()
    {
        DigitSet set = SmallDigits.Make(6);
        DigitFile.Save(set, PathOf("six.npz"), DigitFileFormat.Npz);

        string printed = Oracles.RunPython(
            "numpy",
            """
            import sys, hashlib, numpy as np
            a = np.load(sys.argv[1], allow_pickle=False)
            print(*a, a["images"].dtype, *a["images"].shape, hashlib.sha256(a["images"].tobytes()).hexdigest(),
                  "".join(map(str, a["labels"])))
            """,
            PathOf("six.npz"));

        Assert.Equal(
            $"images labels uint8 6 {set.Rows} {set.Columns} "
                + $"{Convert.ToHexStringLower(SHA256.HashData(set.Pixels))} {string.Concat(set.GetLabels())}",
            printed.Trim());
    }

    [Fact]
    public void Arrays_that_NumPy_saved_in_any_form_are_read()
    {
        Oracles.RunPython(
            "numpy",
            """
            import sys, numpy as np
            x = (np.arange(5 * 9 * 9) % 256).reshape(5, 9, 9)
            y = np.array([3, 1, 4, 1, 5])
            forms = {
                "ours": dict(images=x.astype("u1"), labels=y.astype("u1")),
                "flat": dict(x=x.reshape(5, 81).astype(">i8"), y=y.astype("f4")),
                "torch": dict(arr_0=x.reshape(5, 1, 9, 9).astype("f8"), arr_1=y.reshape(5, 1)),
                "fortran": dict(X=np.asfortranarray(x.astype("<u2")), y=y),
                "sklearn": dict(data=x.reshape(5, 9, 9, 1), target=y),
            }
            for name, arrays in forms.items():
                np.savez(f"{sys.argv[1]}/{name}.npz", **arrays)
                np.savez_compressed(f"{sys.argv[1]}/{name}-small.npz", **arrays)
            """,
            _folder.Path);

        var expected = new DigitSet(
            "x", [.. Enumerable.Range(0, 5 * 81).Select(i => (byte)i)], [3, 1, 4, 1, 5], rows: 9, columns: 9);
        string[] files = Directory.GetFiles(_folder.Path, "*.npz");
        Assert.Equal(10, files.Length);
        Assert.All(files, file => AssertSame(expected, Load(file)));
    }

    [Fact]
    public void An_archive_of_both_parts_as_Keras_keeps_them_is_a_dataset()
    {
        string path = PathOf("mnist.npz");
        Save(
            path,
            ("x_train", NpyArray.Of(new byte[3 * 4], 3, 2, 2)),
            ("y_train", NpyArray.Of([7, 8, (byte)9], 3)),
            ("x_test", NpyArray.Of([1, 2, 3, (byte)4], 1, 2, 2)),
            ("y_test", NpyArray.Of([(byte)5], 1)));

        Assert.False(MnistSource.IsSingleSet(path));
        MnistDataset dataset = MnistSource.Load(new MnistSourceOptions { Path = path });
        Assert.Equal([7, 8, 9], dataset.Train.GetLabels());
        Assert.Equal([1, 2, 3, 4], dataset.Test[0].Pixels);
        Assert.Equal([5], MnistSource.LoadSplit(new MnistSourceOptions { Path = path }, DatasetSplit.Test).GetLabels());
    }

    public static TheoryData<string, string> Unfit => new()
    {
        { "images:f4:0.5", "NpzNotGreyLevels" },
        { "images:i8:256", "NpzNotGreyLevels" },
        { "images:i8:-1", "NpzNotGreyLevels" },
        { "images:f4:nan", "NpzNotGreyLevels" },
        { "labels:i8:10", "LabelOutOfRange" },
        { "labels:i8:-1", "LabelOutOfRange" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void Numbers_that_are_no_grey_levels_or_labels_are_refused_by_their_place(string what, string errorId)
    {
        string[] parts = what.Split(':');
        double value = double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        NpyArray Values(int[] shape) => parts[1] == "f4"
            ? NpyArray.Of([0, (float)value], shape)
            : new NpyArray(NpyKind.Signed, 8, shape, [.. new byte[8], .. BitConverter.GetBytes((long)value)]);
        bool isImage = parts[0] == "images";
        Save(
            PathOf("bad.npz"),
            ("images", isImage ? Values([2, 1, 1]) : NpyArray.Of(new byte[2], 2, 1, 1)),
            ("labels", isImage ? NpyArray.Of(new byte[2], 2) : Values([2])));

        var fault = Assert.Throws<DataFormatException>(() => Load(PathOf("bad.npz")));

        Assert.Equal(errorId, fault.ErrorId);
        Assert.Contains($"number 1 of {parts[0]}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_are_no_digits_are_named_with_their_shapes()
    {
        Save(PathOf("a.npz"), ("W1", NpyArray.Of([1.0, 2.0], 1, 2)));
        Save(PathOf("b.npz"), ("images", NpyArray.Of(new byte[6], 1, 6)));
        Save(PathOf("c.npz"), ("images", NpyArray.Of(new byte[4], 1, 2, 2)), ("labels", NpyArray.Of(new byte[2], 2)));
        Save(PathOf("d.npz"), ("images", NpyArray.Of(Array.Empty<byte>(), 0, 2, 2)));

        AssertFault("a.npz", "NpzNotDigits", "found W1 1×2; expected images and labels");
        AssertFault("b.npz", "NpzWrongShape", "images is 1×6");
        AssertFault("c.npz", "CountsDiffer", "labels holds 2 labels, but images 1 images");
        AssertFault("d.npz", "NpzWrongShape", "at least one");
    }

    [Fact]
    public void A_file_that_is_no_archive_is_refused()
    {
        File.WriteAllText(PathOf("page.npz"), "<html>not found</html>");
        File.WriteAllBytes(PathOf("empty.npz"), []);

        AssertFault("page.npz", "NpzInvalid", "not a sound zip archive");
        AssertFault("empty.npz", "FileEmpty", "it is empty");
    }

    [Fact]
    public void Digits_without_labels_are_saved_without_and_never_beside_those_of_others()
    {
        Digit[] digits = [.. Enumerable.Range(0, 3).Select(i => new Digit(i, null, new byte[784], 28, 28))];
        foreach (string name in new[] { "a.csv", "a.npz", "a-images-idx3-ubyte" })
        {
            DigitFile.Save(digits, PathOf(name), DigitFile.FormatOf(name));
            Assert.False(Load(PathOf(name)).IsLabeled);
        }

        File.WriteAllBytes(PathOf("a-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]);
        var fault = Assert.Throws<SettingException>(() => DigitFile.Save(digits, PathOf("a"), DigitFileFormat.Idx));
        Assert.Equal("LabelsBeside", fault.ErrorId);
    }

    [Fact]
    public void Labels_of_some_digits_alone_are_refused()
    {
        Digit[] digits = [new(0, 3, new byte[784], 28, 28), new(1, null, new byte[784], 28, 28)];

        var fault = Assert.Throws<ShapeException>(() => DigitFile.Save(digits, PathOf("a.npz"), DigitFileFormat.Npz));

        Assert.Equal("LabelsIncomplete", fault.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_pair_of_which_one_file_cannot_be_written_leaves_the_older_pair()
    {
        DigitSet old = SmallDigits.Make(4), other = SmallDigits.Make(9);
        DigitFile.Save(old, PathOf("pair"), DigitFileFormat.Idx);
        File.SetAttributes(PathOf("pair-images-idx3-ubyte"), FileAttributes.ReadOnly);

        Assert.Throws<UnauthorizedAccessException>(() => DigitFile.Save(other, PathOf("pair"), DigitFileFormat.Idx));

        AssertSame(old, Load(PathOf("pair")));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Only_digits_of_28_by_28_fit_the_table()
    {
        var fault = Assert.Throws<ShapeException>(
            () => DigitFile.Save(new DigitSet("odd", new byte[8], null, 2, 2), PathOf("a.csv"), DigitFileFormat.Csv));
        Assert.Contains("Save others as Npz or Idx", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private static DigitSet Load(string path) => MnistSource.LoadFile(new MnistSourceOptions { Path = path });

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static void Save(string path, params (string Name, NpyArray Array)[] arrays)
    {
        using FileStream stream = File.Create(path);
        NpzFile.Write(
            stream,
            arrays.Select(array => KeyValuePair.Create(array.Name, array.Array)),
            CompressionLevel.NoCompression);
    }

    private void AssertFault(string name, string errorId, string words)
    {
        var fault = Assert.Throws<DataFormatException>(() => Load(PathOf(name)));
        Assert.Equal(errorId, fault.ErrorId);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(DigitSet expected, DigitSet read)
    {
        Assert.Equal((expected.Count, expected.Rows, expected.Columns), (read.Count, read.Rows, read.Columns));
        Assert.Equal(expected.GetFingerprint(), read.GetFingerprint());
    }

    /// <summary>Sets of any size, of any grey levels, labelled or not.</summary>
    private static Arbitrary<DigitSet> AnySet(bool isOf28) => (
        from count in Gen.Choose(1, isOf28 ? 4 : 20)
        from rows in isOf28 ? Gen.Constant(28) : Gen.Choose(1, 12)
        from columns in isOf28 ? Gen.Constant(28) : Gen.Choose(1, 12)
        from pixels in Gen.ArrayOf(Gen.Choose(0, 255), count * rows * columns)
        from labels in Gen.ArrayOf(Gen.Choose(0, 9), count)
        from labeled in Gen.Elements(true, false)
        select new DigitSet(
            "any",
            Array.ConvertAll(pixels, level => (byte)level),
            labeled ? Array.ConvertAll(labels, label => (byte)label) : null,
            rows,
            columns)).ToArbitrary();
}
