using System.Collections.Concurrent;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Carries what a worker thread wants to say to the pipeline's thread, the only one that PowerShell allows to write.
/// </summary>
internal sealed class PipelineMessages(Cmdlet cmdlet)
{
    private readonly ConcurrentQueue<Action> _queue = new();

    /// <summary>Says what was decided, for those who asked with <c>-Verbose</c>.</summary>
    internal void Verbose(string text) => _queue.Enqueue(() => cmdlet.WriteVerbose(text));

    /// <summary>Warns of something that needs attention.</summary>
    internal void Warning(string text) => _queue.Enqueue(() => cmdlet.WriteWarning(text));

    /// <summary>Sends an object down the pipeline while the work goes on.</summary>
    internal void Output(object item) => _queue.Enqueue(() => cmdlet.WriteObject(item));

    /// <summary>Writes what has gathered; to be called on the pipeline's thread.</summary>
    internal void Write()
    {
        while (!cmdlet.Stopping && _queue.TryDequeue(out Action? message))
        {
            message();
        }
    }
}
