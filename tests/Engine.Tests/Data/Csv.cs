using System.Text;

namespace MnistNet.Tests;

/// <summary>Writes Kaggle's tables for tests, right or wrong.</summary>
internal static class Csv
{
    public static readonly string UnlabeledHeader = string.Join(',', Enumerable.Range(0, 784).Select(i => $"pixel{i}"));

    public static readonly string Header = "label," + UnlabeledHeader;

    public static string Row(ReadOnlySpan<byte> pixels) => string.Join(',', pixels.ToArray());

    public static string Row(byte label, ReadOnlySpan<byte> pixels) => $"{label},{Row(pixels)}";

    public static byte[] Table(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
