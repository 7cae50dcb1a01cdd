using System.Management.Automation;
using System.Management.Automation.Host;

namespace MnistNet.Cmdlets;

/// <summary>What the host of a session tells about where its text is shown.</summary>
internal static class HostScreen
{
    // UTF-8, both UTF-16, both UTF-32, GB18030.
    private static readonly int[] s_unicodePages = [65001, 1200, 1201, 12000, 12001, 54936];

    /// <summary>Whether the output's encoding has all of Unicode.</summary>
    internal static bool IsUnicode => s_unicodePages.Contains(Console.OutputEncoding.CodePage);

    /// <summary>What is known of the place where the session's text is shown.</summary>
    internal static TerminalFacts FactsOf(PSHost host, SessionState session) => new()
    {
        IsUnicode = IsUnicode,
        IsRedirected = Console.IsOutputRedirected,
        HasEscapes = host.UI?.SupportsVirtualTerminal == true,
        WantsPlainText = WantsPlainText(session),
        Environment = Environment.GetEnvironmentVariable,
    };

    /// <summary>The size of the window in characters; null when the host has none.</summary>
    internal static (int Width, int Height)? SizeOf(PSHost host)
    {
        try
        {
            return host.UI?.RawUI is PSHostRawUserInterface raw && raw.BufferSize.Width > 0
                ? (raw.BufferSize.Width, raw.WindowSize.Height)
                : null;
        }
        catch (Exception exception) when (
            exception is NotImplementedException or NotSupportedException or HostException or IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// The number of characters that a view has in a line: PowerShell leaves the last column free. Null where nobody
    /// can tell.
    /// </summary>
    internal static int? ViewWidthOf(PSHost host) => SizeOf(host)?.Width - 1;

    private static bool WantsPlainText(SessionState session)
        => session.PSVariable.GetValue("PSStyle") is object style
            && PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString() == "PlainText";
}
