using System.Text;
using System.Text.RegularExpressions;

namespace MnistNet.Host;

/// <summary>What the program is asked to run.</summary>
internal enum CommandKind
{
    Demonstration,
    Command,
    File,
    Help,
}

/// <summary>A command line that cannot be understood; the message says why.</summary>
internal sealed class CommandLineException(string message) : Exception(message);

/// <summary>The program's arguments, in the words of <c>pwsh</c>.</summary>
/// <param name="Kind">What to run.</param>
/// <param name="Text">The command's text, or the script's full path.</param>
/// <param name="Arguments">What follows a script's path, as PowerShell text.</param>
internal sealed partial record CommandLine(CommandKind Kind, string Text = "", string Arguments = "")
{
    public const string Usage = """
        Without arguments: the demonstration, which trains the classic network before your eyes.

          -Command TEXT         runs PowerShell text, such as "Import-Mnist | Invoke-Training -Alpha 0.1"
          -File PATH [ARGS ...]  runs a script

        It holds the PowerShell engine and its core commands only. Export-Csv, Write-Host and the like come with
        PowerShell itself: dotnet tool install --global PowerShell
        """;

    /// <summary>Reads the arguments; a first one that is not an option is a script's path.</summary>
    /// <exception cref="CommandLineException">They make no sense.</exception>
    public static CommandLine Parse(string[] arguments)
    {
        if (arguments is [])
        {
            return new CommandLine(CommandKind.Demonstration);
        }

        string first = arguments[0];
        string[] rest = arguments[1..];
        return first.ToLowerInvariant() switch
        {
            "-c" or "-command" or "--command" => rest is []
                ? throw new CommandLineException($"{first} needs the text to run behind it.")
                : new CommandLine(CommandKind.Command, string.Join(' ', rest)),
            "-f" or "-file" or "--file" => rest is []
                ? throw new CommandLineException($"{first} needs the path of a script behind it.")
                : Script(rest[0], rest[1..]),
            "-h" or "-help" or "--help" or "-?" => new CommandLine(CommandKind.Help),
            _ when first.StartsWith('-') => throw new CommandLineException($"{first} is not an option here.\n{Usage}"),
            _ => Script(first, rest),
        };
    }

    private static CommandLine Script(string path, string[] arguments)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full)
            ? new CommandLine(CommandKind.File, full, Quote(arguments))
            : throw new CommandLineException(
                $"There is no script {path} to run. Check its name and the folder it is in.");
    }

    /// <summary>Parameters' names stay as they are; everything else is a string, whatever stands in it.</summary>
    private static string Quote(string[] arguments)
    {
        var text = new StringBuilder();
        foreach (string argument in arguments)
        {
            text.Append(' ').Append(
                ParameterName().IsMatch(argument)
                    ? argument : $"'{argument.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A-[A-Za-z_]\w*\z")]
    private static partial Regex ParameterName();
}
