using System.IO.Compression;
using System.Text;

namespace MnistNet.Tests;

public class NpyFileTests
{
    [Fact]
    public void Every_type_and_order_that_NumPy_writes_is_read()
    {
        // tests/oracles/numpy_arrays.py made the file.
        using FileStream stream = File.OpenRead(Oracles.PathOf("numpy_arrays.npz"));
        Dictionary<string, NpyArray> arrays = NpzFile.Read(stream, "numpy_arrays.npz");

        Assert.Equal(50, arrays.Count);
        foreach ((string name, NpyArray array) in arrays)
        {
            double[] numbers = [.. Enumerable.Range(0, array.Count).Select(i => array[i])];
            (int[] shape, double[] expected) = name switch
            {
                "b1_C" => ([2, 3], [0, 0, 0, 1, 1, 1]),
                "cube_F" => ([2, 3, 4], [.. Enumerable.Range(0, 24).Select(i => (double)i)]),
                "single" => ((int[])[], (double[])[0.5]),
                _ => ([2, 3], [0, 1, 2, 3, 4, 5]),
            };
            Assert.Equal(shape, array.Shape);
            Assert.Equal(expected, numbers);
        }
    }

    [Fact]
    public void NumPy_reads_what_is_written()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.npz");
        try
        {
            Network network = Network.Create([7, 5], Activation.Tanh, seed: 4, inputs: 9);
            NetworkFile.Save(network, path);
            string printed = Oracles.RunPython(
                "numpy",
                """
                import sys, json, numpy as np
                a = np.load(sys.argv[1], allow_pickle=False)
                facts = json.loads(a["metadata"].tobytes())
                x = np.arange(45).reshape(9, 5) / 45
                for l in (1, 2, 3):
                    x = a[f"W{l}"].astype("f8") @ x + a[f"b{l}"].astype("f8")[:, None]
                    x = np.tanh(x) if l < 3 else x
                print(facts["activation"], a["W1"].dtype, *x.argmax(0), repr(float(x.sum())))
                """,
                path);

            var pixels = new double[9, 5];
            for (int i = 0; i < 45; i++)
            {
                pixels[i / 5, i % 5] = i / 45.0;
            }

            Matrix z = new(pixels);
            foreach (Layer layer in network.Layers)
            {
                z = Column(layer.Weights * z, layer.Biases);
                z = layer.Number < 3 ? z.Tanh() : z;
            }

            string[] words = printed.Trim().Split(' ');
            Assert.Equal(["Tanh", "float32"], words[..2]);
            int[] winners = [.. Enumerable.Range(0, 5).Select(column => (int)z.Values.Column(column).MaximumIndex())];
            Assert.Equal(winners, words[2..7].Select(int.Parse));
            Assert.Equal(
                z.Values.Enumerate().Sum(),
                double.Parse(words[7], System.Globalization.CultureInfo.InvariantCulture),
                9);
        }
        finally
        {
            File.Delete(path);
        }

        static Matrix Column(Matrix product, Matrix bias) => new(
            MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.Create(
                product.RowCount, product.ColumnCount, (row, column) => product[row, column] + bias[row, 0]));
    }

    [Fact]
    public void NumPy_computes_the_same_from_the_files_alone()
    {
        using var folder = new TemporaryFolder();
        string net = Path.Combine(folder.Path, "net.npz"), digits = Path.Combine(folder.Path, "digits.npz");
        string ours = Path.Combine(folder.Path, "ours.npz");
        Network network = ManyDigits.Train(Activation.ReLU);
        NetworkFile.Save(network, net);
        DigitFile.Save(ManyDigits.Test, digits, DigitFileFormat.Npz);
        float[] probabilities = Predictor.GetProbabilities(network, ManyDigits.Test);
        using (FileStream stream = File.Create(ours))
        {
            NpzFile.Write(stream, [new("A3", NpyArray.Of(probabilities, ManyDigits.Test.Count, 10))]);
        }

        string printed = Oracles.RunPython(
            "numpy",
            """
            import sys, numpy as np
            net, digits, ours = (np.load(path, allow_pickle=False) for path in sys.argv[1:])
            a = digits["images"].reshape(len(digits["images"]), -1).T / np.float32(255)
            for l in (1, 2, 3):
                z = net[f"W{l}"] @ a + net[f"b{l}"][:, None]
                a = np.maximum(z, 0)
            e = np.exp(z - z.max(0))
            a = (e / e.sum(0)).T
            print(len(a), (a.argmax(1) == ours["A3"].argmax(1)).sum(), abs(a - ours["A3"]).max())
            """,
            net, digits, ours);

        string[] words = printed.Trim().Split(' ');
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{ManyDigits.Test}: the largest difference to NumPy is {words[2]}");
        Assert.Equal(["10000", "10000"], words[..2]);
        Assert.InRange(double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture), 0, 1e-5);
    }

    public static TheoryData<string, string> BadHeaders => new()
    {
        { "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "NpyObjects" },
        { "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "NpyTypeUnsupported" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", "NpyTypeUnsupported" },
        { "{'descr': '<U5', 'fortran_order': False, 'shape': (2,), }", "NpyTypeUnsupported" },
        { "{'descr': '<f3', 'fortran_order': False, 'shape': (2,), }", "NpyTypeUnsupported" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000), }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (2,), }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': False, }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } or exit()", "NpyHeaderInvalid" },
        { "not Python at all", "NpyHeaderInvalid" },
        { "", "NpyHeaderInvalid" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "NpyTruncated" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_header_that_is_no_plain_array_is_refused(string header, string errorId)
    {
        byte[] text = Encoding.ASCII.GetBytes(header);
        byte[] file = [.. NpyHeader.Magic, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. new byte[8]];

        var fault =
            Assert.Throws<DataFormatException>(() => NpyFile.Read(new MemoryStream(file), file.Length, "array"));

        Assert.Equal(errorId, fault.ErrorId);
    }

    [Theory]
    [InlineData("../W1.npy")]
    [InlineData("/etc/W1.npy")]
    [InlineData("a\\W1.npy")]
    public void An_archive_with_paths_in_its_names_is_refused(string name)
    {
        var fault =
            Assert.Throws<DataFormatException>(() => NpzFile.Read(new MemoryStream(Archive((name, [1, 2]))), "npz"));
        Assert.Equal("NpzInvalid", fault.ErrorId);
    }

    [Theory]
    [InlineData(8, "NpyTruncated")]
    [InlineData(80, "NpzBomb")]
    public void A_zip_bomb_is_refused_before_it_is_unpacked(int megabytes, string errorId)
    {
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream content = archive.CreateEntry("W1.npy", CompressionLevel.SmallestSize).Open();
            NpyFile.Write(content, NpyArray.Of([1.0], 1));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++)
            {
                content.Write(zeros);
            }
        }

        bomb.Position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<DataFormatException>(() => NpzFile.Read(bomb, "npz"));

        Assert.Equal(errorId, fault.ErrorId);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void Damage_inside_an_archive_is_found_by_its_checksum()
    {
        byte[] whole = Archive(("W1.npy", [1, 2, 3, 4]));
        int at = whole.AsSpan().IndexOf(NpyHeader.Magic) + 128 + 4;
        whole[at] ^= 1;

        var fault = Assert.Throws<DataFormatException>(() => NpzFile.Read(new MemoryStream(whole), "npz"));

        Assert.Equal("NpzChecksum", fault.ErrorId);
    }

    private static byte[] Archive(params (string Name, double[] Values)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, double[] values) in entries)
            {
                using Stream content = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                NpyFile.Write(content, NpyArray.Of(values, values.Length));
            }
        }

        return stream.ToArray();
    }
}
