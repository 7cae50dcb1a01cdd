using System.Text.RegularExpressions;

namespace MnistNet.Pages;

/// <summary>What a linter would say of the scripts; it needs no browser.</summary>
public sealed partial class ScriptStyleTests
{
    private const int MostColumns = 120, MostLines = 250, MostLinesOfFunction = 32, MostCharacters = 60_000;

    // What can turn text into code or markup, ask for something from elsewhere, or leave traces.
    private static readonly string[] s_forbidden =
    [
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(",
        "XMLHttpRequest", "WebSocket", "sendBeacon", "localStorage", "document.cookie", "import(", "setTimeout(\"",
        "console.", "debugger", "var ", " == ", " != ",
    ];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.js").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "MnistNet.slnx")))
            {
                folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository was not found.");
            }

            return Path.Combine(folder.FullName, "src", "MnistNet.Engine", "Reporting", "Page");
        }
    }

    [Fact]
    public void Every_script_is_in_the_page_which_is_strict_and_light()
    {
        string joined = PageResources.Script;
        Assert.StartsWith("\"use strict\";\n", joined, StringComparison.Ordinal);
        Assert.InRange(joined.Length, 1, MostCharacters);
        foreach (string file in Files.Select(row => row.Data))
        {
            Assert.Contains(PageResources.Compact(Read(file)), joined, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_script_is_short_and_makes_no_code_or_markup_of_text_and_asks_for_nothing(string file)
    {
        string text = Read(file);
        string[] lines = text.Split('\n');

        Assert.InRange(lines.Length, 1, MostLines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, MostColumns));
        Assert.All(lines, line => Assert.False(line.EndsWith(' ') || line.Contains('\t'), line));

        // The page leaves indentation out: a text across lines would change with it.
        Assert.All(lines, line => Assert.True(line.Count(c => c == '`') % 2 == 0, line));
        Assert.All(s_forbidden, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_function_of_a_script_says_what_it_does_and_is_short(string file)
    {
        string[] lines = Read(file).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (Function().Match(lines[i]) is { Success: true } match)
            {
                int end = Array.IndexOf(lines, match.Groups["indent"].Value + "}", i);

                Assert.True(lines[i - 1].EndsWith("*/", StringComparison.Ordinal), $"{file}: nothing said: {lines[i]}");
                Assert.True(end - i <= MostLinesOfFunction, $"{file}: {end - i} lines: {lines[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_in_a_script_is_used(string file)
    {
        string code = CommentOrText().Replace(Read(file), "");
        string[] unused =
        [
            .. Declared().Matches(code).SelectMany(match => Word().Matches(match.Groups["names"].Value))
                .Select(match => match.Value)
                .Where(name => name[0] != '_' && name != "MnistNet")
                .Where(name => Regex.Count(code, $@"(?<![\w$]){Regex.Escape(name)}(?![\w$])") < 2),
        ];

        Assert.Empty(unused);
    }

    private static string Read(string file)
        => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^(?<indent> *)function \w+\(")]
    private static partial Regex Function();

    [GeneratedRegex(@"/\*.*?\*/|^ *//[^\n]*|""[^""\n]*""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CommentOrText();

    // const a = …, b = …; function f(a, b); a => …; (a, b) => ….
    [GeneratedRegex(@"(?:const|let) (?<names>\w+|[{[][^=]*[}\]]) ?=|, (?<names>\w+) = |function (?<names>\w+\([^)]*\))"
        + @"|\((?<names>[\w, {}[\]]*)\) =>|(?<![\w.])(?<names>\w+) =>")]
    private static partial Regex Declared();

    [GeneratedRegex(@"[A-Za-z_$][\w$]*")]
    private static partial Regex Word();
}
