using System.Globalization;
using System.Text;

namespace MnistNet.Host;

/// <summary>
/// Runs PowerShell with the module imported where no PowerShell is installed: the demonstration, a command, or a
/// script. It holds the engine and the commands of Microsoft.PowerShell.Core, no more: a way to try the module and to
/// test it.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            // The views have characters that the code pages of old lack.
            Console.OutputEncoding = Encoding.UTF8;
        }

        if (CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture))
        {
            // Help is broken between words for languages that the engine knows, and "none" is not among them.
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("en-US");
        }

        CommandLine line;
        try
        {
            line = CommandLine.Parse(arguments);
        }
        catch (CommandLineException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.BadCommandLine;
        }

        if (line.Kind == CommandKind.Help)
        {
            Console.Out.WriteLine(CommandLine.Usage);
            return ExitCode.Success;
        }

        using var session = new Session();
        return session.Run(line);
    }
}
