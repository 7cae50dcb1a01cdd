using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <content>Watching a training while it goes on.</content>
public sealed partial class InvokeTrainingCommand
{
    /// <summary>
    /// Draws loss, accuracy and the first layer's units while it trains, where the terminal can show it.
    /// </summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>
    /// What draws the training; null when nobody asked, or where it could not be drawn over itself: the usual progress
    /// is
    /// shown then. A history that streams out would tear the drawing apart.
    /// </summary>
    private LiveView? CreateLiveView(TrainingProgress progress)
    {
        TerminalFacts facts = HostScreen.FactsOf(Host, SessionState);
        if (!Live || StreamHistory || !facts.CanRedraw)
        {
            return null;
        }

        return HostScreen.SizeOf(Host) is { Width: >= LiveView.LeastWidth, Height: >= LiveView.LeastHeight }
            ? new LiveView(
                text => Host.UI.Write(text), () => HostScreen.SizeOf(Host), facts.Choose(), progress.Describe)
            : null;
    }
}
