namespace MnistNet.Cmdlets;

/// <summary>Where <c>Get-Help -Online</c> leads.</summary>
internal static class OnlineHelp
{
    /// <summary>
    /// The module's page on the PowerShell Gallery. Every package that is published has one, with the README that leads
    /// to each cmdlet's page; the project promises no other address.
    /// </summary>
    internal const string Address = "https://www.powershellgallery.com/packages/MnistNet";
}
