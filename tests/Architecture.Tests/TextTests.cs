namespace MnistNet.Architecture;

public class TextTests
{
    private const int MostColumns = 120;

    [Fact]
    public void No_line_of_code_is_wider_than_a_page()
    {
        string[] wide =
        [
            .. new[] { "src", "tests", "module", "docs" }
                .SelectMany(folder => Repository.Files(folder, ".cs", ".ps1", ".psm1", ".psd1", ".py", ".js", ".css"))
                .Append(Path.Combine(Repository.Root, "build.ps1"))
                .SelectMany(file => File.ReadLines(file)
                    .Select((line, number) => (Line: line, Place: $"{Repository.Relative(file)}({number + 1})"))
                    .Where(line => line.Line.Length > MostColumns))
                .Select(line => $"{line.Place}: {line.Line.Length} columns"),
        ];
        Assert.True(
            wide.Length == 0,
            $"Lines have at most {MostColumns} columns; {wide.Length} have more:\n" + string.Join('\n', wide));
    }

    [Fact]
    public void The_picture_of_the_rooms_shows_them_in_their_order()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        int first = Array.FindIndex(lines, line => line.StartsWith("the engine ", StringComparison.Ordinal));
        int second = Array.FindIndex(lines, line => line.StartsWith("the cmdlets ", StringComparison.Ordinal));
        int end = Array.IndexOf(lines, "```", second);

        Assert.Equal(Rooms.Engine, Drawn(lines[first..second], "the engine"));
        Assert.Equal(Rooms.Cmdlets, Drawn(lines[second..end], "the cmdlets"));

        static string[] Drawn(string[] lines, string title) => string.Join(' ', lines)[title.Length..]
            .Split('→', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
