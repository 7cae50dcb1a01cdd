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
                .SelectMany(folder => Repository.Files(folder, ".cs", ".ps1", ".psm1", ".psd1", ".py"))
                .SelectMany(file => File.ReadLines(file)
                    .Select((line, number) => (Line: line, Place: $"{Repository.Relative(file)}({number + 1})"))
                    .Where(line => line.Line.Length > MostColumns))
                .Select(line => $"{line.Place}: {line.Line.Length} columns"),
        ];
        Assert.True(wide.Length == 0,
            $"{wide.Length} lines have over {MostColumns} columns:\n{string.Join('\n', wide)}");
    }
}
