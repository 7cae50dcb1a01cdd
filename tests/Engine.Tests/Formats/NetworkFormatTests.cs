using FsCheck;
using FsCheck.Fluent;

namespace MnistNet.Tests;

/// <summary>What every format of networks promises.</summary>
public sealed class NetworkFormatTests : IDisposable
{
    private static readonly INetworkFormat[] s_formats =
        [new SafetensorsNetworkFormat(), new OnnxNetworkFormat(), new NpzNetworkFormat(), new JsonNetworkFormat()];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<NetworkFileFormat> Formats => [.. s_formats.Select(format => format.Format)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_network_comes_back_to_the_bit_and_is_written_the_same_again(NetworkFileFormat name)
    {
        INetworkFormat format = Of(name);
        Prop.ForAll(FormatNetworks.Any(), network =>
        {
            byte[] bytes = FormatNetworks.Write(format, network);
            Network read = FormatNetworks.Read(format, bytes, out NetworkReading reading);
            FormatNetworks.AssertSame(network, read);
            Assert.Empty(reading.Warnings);
            Assert.Equal(bytes, FormatNetworks.Write(format, read));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(NetworkFileFormat.Safetensors)]
    [InlineData(NetworkFileFormat.Npz)]
    [InlineData(NetworkFileFormat.Json)]
    public void Numbers_of_any_precision_come_back_exactly(NetworkFileFormat name)
    {
        Network network = FormatNetworks.Float64();
        FormatNetworks.AssertSame(network, FormatNetworks.Read(Of(name), FormatNetworks.Write(Of(name), network)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_recognizes_its_own_files_and_no_others(NetworkFileFormat name)
    {
        byte[] bytes = FormatNetworks.Write(Of(name), Network.Create([3]));
        Assert.Equal(
            [name], s_formats.Where(format => format.Recognizes(bytes.AsSpan(0, 16))).Select(format => format.Format));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_cut_off_anywhere_is_refused(NetworkFileFormat name)
    {
        byte[] bytes = FormatNetworks.Write(Of(name), Network.Create([2], inputs: 4));
        for (int length = 0; length < bytes.Length; length++)
        {
            Exception? fault = Record.Exception(() => FormatNetworks.Read(Of(name), bytes[..length]));

            // Protocol buffers have no end mark: what is cut between two facts is whole, and its network is the same.
            if (fault is null && name == NetworkFileFormat.Onnx)
            {
                continue;
            }

            // JSON of which only the last line end is missing is whole.
            Assert.True(fault is DataFormatException or EndOfStreamException,
                $"{length} of {bytes.Length} bytes: {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_with_bytes_changed_is_a_network_or_a_fault_of_the_file(NetworkFileFormat name)
    {
        byte[] whole = FormatNetworks.Write(Of(name), Network.Create([3, 2], inputs: 4));
        var random = new Random(1);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] bytes = [.. whole];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            Exception? fault = Record.Exception(() => FormatNetworks.Read(Of(name), bytes));
            Assert.True(fault is null or DataFormatException or EndOfStreamException, $"trial {trial}: {fault}");
        }
    }

    [Fact]
    public void An_extension_that_lies_is_told()
    {
        string path = Path.Combine(_folder.Path, "net.onnx");
        NetworkFile.Save(Network.Create([2]), path, options: new NetworkFileOptions { Format = NetworkFileFormat.Npz });

        var fault = Assert.Throws<DataFormatException>(() => NetworkFile.Load(path));

        Assert.Equal("FormatMismatch", fault.ErrorId);
        Assert.Contains("its name says Onnx, and its content looks like Npz", fault.Message, StringComparison.Ordinal);
        Assert.Equal(
            "784-2-10",
            NetworkFile.Load(path, new NetworkFileOptions { Format = NetworkFileFormat.Npz }).Network.Shape);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".onnx")]
    [InlineData(".npz")]
    [InlineData(".json")]
    public void A_file_of_each_extension_is_saved_and_loaded(string extension)
    {
        string path = Path.Combine(_folder.Path, "net" + extension);
        Network network = Network.Create([5, 4], Activation.Tanh, seed: 3);
        NetworkFile.Save(network, path);
        FormatNetworks.AssertSame(network, NetworkFile.Load(path));
    }

    private static INetworkFormat Of(NetworkFileFormat name) => s_formats.Single(format => format.Format == name);
}
