using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// The base of cmdlets that ask a network about digits, or several networks as one. Networks that come down the
/// pipeline are asked one by one.
/// </summary>
public abstract class EnsembleCommand : DigitDataCommand
{
    /// <summary>
    /// The network: one from New-Network or Import-Network, a result of Invoke-Training, or the path of a network's
    /// file. Several are asked as one: their log-probabilities are averaged.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransformation(TakesSeveral = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network[] Network { get; set; } = [];

    /// <summary>Says what is done, and with how many networks.</summary>
    private protected void Announce(string activity, DigitSet digits)
    {
        string averaged = Network.Length == 1
            ? ""
            : $": {Quantity.Count(Network.Length, "network")}, the mean of their log-probabilities";
        WriteVerbose($"{activity} {digits} with {Ensemble.Name(Network)}{averaged}.");
    }
}
