using System.Text.RegularExpressions;

namespace MnistNet.Tests;

/// <summary>
/// The platforms' exponentials, logarithms and circular functions differ in the last bit. Where the same bits are
/// promised on every machine, they must not be called.
/// </summary>
public sealed partial class PromisedBitsTests
{
    // The rooms and files whose results are the same on every machine.
    private static readonly string[] Promised =
        [
            "Kernels", "Optimizers", "Networks", "Preprocessing", "Data/Synthetic", "Numerics/SeededRandom.cs",
            "Training",
        ];

    public static TheoryData<string> Files => [.. Promised.SelectMany(FilesOf)];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_platform_function_is_called_where_bits_are_promised(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Engine, file));
        string[] found = [.. lines
            .Select((line, i) => (Text: line.Trim(), Number: i + 1))
            .Where(
                line => !line.Text.StartsWith("//", StringComparison.Ordinal) && PlatformFunction().IsMatch(line.Text))
            .Select(line => $"{file}({line.Number}): {line.Text}")];

        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static string Engine { get; } = FindEngine();

    private static IEnumerable<string> FilesOf(string room)
    {
        string path = Path.Combine(Engine, room);
        return File.Exists(path) ? [room]
            : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Engine, file))
            : [];
    }

    private static string FindEngine()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "src", "MnistNet.Engine")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "src", "MnistNet.Engine");
    }

    [GeneratedRegex(
        @"\b(Math|MathF|double|float|Double|Single)\."
        + @"(Exp\w*|Log\w*|Pow|Sin\w*|Cos\w*|Tan\w*|A(sin|cos|tan)\w*|Cbrt|Hypot|RootN)\(")]
    private static partial Regex PlatformFunction();
}
