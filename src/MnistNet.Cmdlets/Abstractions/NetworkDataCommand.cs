using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>The base of cmdlets that look at digits through a network.</summary>
public abstract class NetworkDataCommand : DigitDataCommand
{
    /// <summary>
    /// The network: one from New-Network or Import-Network, a result of Invoke-Training, or the path of a network's
    /// file.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network Network { get; set; } = null!;
}
