namespace MnistNet.Fuzz;

/// <summary>The readers that are tried.</summary>
internal static class FuzzReaders
{
    public static IReadOnlyList<FuzzReader> All { get; } =
    [
        new IdxReader(),
        new GzipFileReader(),
        new CsvReader(),
        new SafetensorsReader(),
        new NetworkReader(
            "onnx",
            new OnnxNetworkFormat(),
            [.. "Gemm"u8],
            [.. "Relu"u8],
            [0x0A, 0x02],
            [0x7F],
            [0xFF, 0xFF, 0xFF, 0x0F]),
        new NpzNetworkReader(),
        new DigitNpzReader(),
        new NetworkReader(
            "json", new JsonNetworkFormat(), [.. "null"u8], [.. "{}"u8], [.. "[]"u8], [.. "\"W1\":"u8], [.. "1e999"u8]),
        new CheckpointReader(),
        new SweepRowsReader(),
        new PngFileReader(),
        new JpegFileReader(),
        new BmpFileReader(),
    ];
}
