using System.Buffers.Binary;
using System.IO.Compression;
using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using MnistNet.Tests;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// Files that are not what they should be: the error's id, its category, its target and what it tells.
/// </summary>
public sealed class BadFileTests : IDisposable
{
    private const string Page = "<!DOCTYPE html><html><body>Not found</body></html>";
    private const string Images = "train-images-idx3-ubyte", Labels = "train-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();
    private readonly ModuleShell _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Dispose();
    }

    private static byte[] SoundImages =>
        [0, 0, 8, 3, 0, 0, 0, 11, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Repeat((byte)9, 784 * 11)];

    private static byte[] SoundLabels =>
        [0, 0, 8, 1, 0, 0, 0, 11, .. Enumerable.Range(0, 11).Select(i => (byte)(i % 10))];

    /// <summary>A damage, the file it is in, that file's bytes, the error's id, and what its message tells.</summary>
    public static TheoryData<string, string, byte[], string, string> DamagedSets => new()
    {
        { "a gz file that is cut short", Images, Gzip(SoundImages)[..40], "GzipTruncated", "images" },
        { "a gz file of a web page", Images, Gzip(Encoding.UTF8.GetBytes(Page)), "HtmlPage", "HTML|web page" },
        { "a web page", Images, Encoding.UTF8.GetBytes(Page), "HtmlPage", "HTML|web page" },
        { "a wrong magic number", Images, With(SoundImages, 2, 13), "IdxWrongMagic", "magic|0x" },
        { "fewer pixels than claimed", Images, SoundImages[..^1], "IdxTruncated", @"\d" },
        { "more pixels than claimed", Images, [.. SoundImages, 7], "IdxTooLong", @"\d" },
        {
            "a claim of four billion images", Images,
            With(With(With(With(SoundImages, 4, 255), 5, 255), 6, 255), 7, 255), "IdxTooLarge", "4,294,967,295"
        },
        { "more labels than images", Labels, [.. With(SoundLabels, 7, 12), 1], "CountsDiffer", "12.*11|11.*12" },
        { "a label beyond 9", Labels, With(SoundLabels, 10, 12), "LabelOutOfRange", "12" },
    };

    [Theory]
    [MemberData(nameof(DamagedSets))]
    public void A_damaged_set_is_refused_by_its_files_name(
        string what, string file, byte[] content, string errorId, string tells)
    {
        Assert.NotEmpty(what);
        foreach (string part in (ReadOnlySpan<string>)["train", "t10k"])
        {
            _folder.Write($"{part}-images-idx3-ubyte", SoundImages);
            _folder.Write($"{part}-labels-idx1-ubyte", SoundLabels);
        }

        string path = _folder.Write(file, content);

        Outcome outcome = _shell.Attempt($"Import-Mnist -Path '{_folder.Path}'");

        Assert.Equal(errorId, outcome.ErrorId);
        AssertTells(outcome, path, tells);
    }

    [Fact]
    public void A_gzip_bomb_ends_before_it_has_filled_the_memory()
    {
        foreach (string part in (ReadOnlySpan<string>)["train", "t10k"])
        {
            _folder.Write($"{part}-images-idx3-ubyte", SoundImages);
            _folder.Write($"{part}-labels-idx1-ubyte", SoundLabels);
        }

        using (FileStream file = File.Create(_folder[Images]))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write(SoundImages);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        ErrorRecord error = _shell.Attempt(
            "$before = [GC]::GetTotalAllocatedBytes()\n"
            + $"Import-Mnist -Path '{_folder.Path}' -ErrorAction Continue\n"
            + "if ([GC]::GetTotalAllocatedBytes() - $before -gt 50MB) { throw 'It took too much memory.' }").Error;

        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
    }

    /// <summary>A damage, the table's text, and what the message tells.</summary>
    public static TheoryData<string, string, string> DamagedTables => new()
    {
        { "a missing column", Header(783) + "\n", "line 1" },
        { "a row that is too short", Header(784) + "\n5,1,2,3\n", "line 2.*column|column.*line 2" },
        { "text in place of a number", $"{Header(784)}\n5,{Zeros(3)},abc,{Zeros(780)}\n", "line 2.*column 5" },
        {
            "a grey level of 256", $"{Header(784)}\n5,{Zeros(783)},256\n",
            "line 2.*column 785.*256|256.*line 2.*column 785"
        },
        { "nothing at all", "", "empty" },
    };

    [Theory]
    [MemberData(nameof(DamagedTables))]
    public void A_damaged_table_is_refused_by_line_and_column(string what, string text, string tells)
    {
        Assert.NotEmpty(what);
        string path = _folder.Write("bad.csv", Encoding.UTF8.GetBytes(text));

        AssertTells(_shell.Attempt($"Import-Mnist -Path '{path}'"), path, tells);
    }

    /// <summary>A damage, and what it makes of a sound safetensors file's header and body.</summary>
    public static TheoryData<string, Func<JsonObject, byte[], byte[]>> DamagedNetworks => new()
    {
        { "cut off", (header, body) => Join(header, body[..^8]) },
        {
            "tensors that overlap", (header, body) =>
            {
                header["b1"]!["data_offsets"] = new JsonArray(0, 20);
                return Join(header, body);
            }
        },
        { "a header of 900 GB", (header, body) => With(Join(header, body), 4, 200) },
        {
            "numbers of another type", (header, body) =>
            {
                header["W1"]!["dtype"] = "I32";
                return Join(header, body);
            }
        },
        {
            "a weight that is not a number", (header, body) =>
            {
                BinaryPrimitives.WriteSingleLittleEndian(body.AsSpan(40), float.NaN);
                return Join(header, body);
            }
        },
        { "a header that is not JSON", (header, body) => With(Join(header, body), 9, (byte)'!') },
        {
            "a layer that is missing", (header, body) =>
            {
                header["W9"] = header["W1"]!.DeepClone();
                header.Remove("W1");
                return Join(header, body);
            }
        },
        { "nothing at all", (_, _) => [] },
    };

    [Theory]
    [MemberData(nameof(DamagedNetworks))]
    public void A_damaged_network_is_refused_and_the_next_file_is_read(
        string what, Func<JsonObject, byte[], byte[]> damage)
    {
        Assert.NotEmpty(what);
        _shell.Run($"New-Network -Hidden 5 | Export-Network '{_folder["b-sound.safetensors"]}'");
        byte[] sound = File.ReadAllBytes(_folder["b-sound.safetensors"]);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(sound);
        JsonObject header = JsonNode.Parse(sound.AsSpan(8, length))!.AsObject();
        string path = _folder.Write("a-bad.safetensors", damage(header, sound[(8 + length)..]));

        Outcome outcome = _shell.Attempt($"Import-Network '{_folder.Path}/*.safetensors'");

        Assert.Single(outcome.Output);
        AssertTells(outcome, path, ".");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Outcome outcome = _shell.Attempt($"Import-Network '{_folder["nowhere.safetensors"]}'");

        Assert.Equal("PathNotFound", outcome.ErrorId);
        Assert.Contains("nowhere.safetensors", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_set_is_passed_over_for_the_next()
    {
        string bad = Directory.CreateDirectory(_folder["bad"]).FullName;
        foreach (string part in (ReadOnlySpan<string>)["train", "t10k"])
        {
            _folder.Write($"good/{part}-images-idx3-ubyte", SoundImages);
            _folder.Write($"good/{part}-labels-idx1-ubyte", SoundLabels);
        }

        Outcome outcome = _shell.Attempt($"Import-Mnist -Path '{bad}', '{_folder["good"]}'");

        Assert.Single(outcome.Output);
        Assert.Contains(bad, outcome.Error.ToString(), StringComparison.Ordinal);
    }

    private static void AssertTells(Outcome outcome, string path, string pattern)
    {
        ErrorRecord error = outcome.Error;
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Equal(path, error.TargetObject?.ToString());
        Assert.Contains(path, error.ToString(), StringComparison.Ordinal);
        Assert.Matches(pattern, error.ToString());
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionMode.Compress))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    private static string Header(int pixels)
        => string.Join(',', Enumerable.Range(0, pixels).Select(i => $"pixel{i}").Prepend("label"));

    private static string Zeros(int count) => string.Join(',', Enumerable.Repeat('0', count));

    private static byte[] Join(JsonObject header, byte[] body)
    {
        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. body];
    }
}
