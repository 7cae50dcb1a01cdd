using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of cmdlets that draw in the terminal: it finds out, without asking the terminal, what can be shown there.
/// </summary>
public abstract class PictureCommand : MnistNetCommand
{
    private const int UsualWidth = 80;

    /// <summary>What pictures are made of; Auto takes what the terminal is known to show.</summary>
    [Parameter]
    public Renderer Renderer { get; set; }

    /// <summary>The most characters of a line; the width of the terminal without this parameter.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(Screen.LeastWidth, 10_000)]
    public int Width { get; set; }

    /// <summary>Where the lines will be shown.</summary>
    private protected Screen Screen { get; private set; }

    private protected override void Begin()
    {
        Renderer renderer = Renderer == Renderer.Auto ? HostScreen.FactsOf(Host, SessionState).Choose() : Renderer;
        Screen = new Screen(renderer, Width > 0 ? Width
            : Math.Max(HostScreen.SizeOf(Host)?.Width ?? UsualWidth, Screen.LeastWidth));
    }

    /// <summary>Writes lines, one string each.</summary>
    private protected void WriteLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            WriteObject(line);
        }
    }

    /// <summary>Writes a block of lines.</summary>
    private protected void WriteBlock(TextBlock block) => WriteLines(block.Lines.Select(line => line.ToString()));
}
