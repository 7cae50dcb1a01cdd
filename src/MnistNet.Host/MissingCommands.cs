using System.Collections.Frozen;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MnistNet.Host;

/// <summary>
/// Well-known commands that come with PowerShell and not with its engine: a call of one is answered by a sentence.
/// </summary>
internal static class MissingCommands
{
    // A fixed list: the engine also asks for names that were not typed, and for those that Get-Command is asked about.
    private static readonly FrozenSet<string> s_names = FrozenSet.ToFrozenSet(
        [
            "Add-Content", "Add-Member", "Add-Type", "Clear-Content", "Clear-Host", "Compare-Object",
            "Compress-Archive", "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertTo-Csv", "ConvertTo-Html",
            "ConvertTo-Json", "ConvertTo-Xml", "Copy-Item", "Expand-Archive", "Export-Clixml", "Export-Csv",
            "Format-Custom", "Format-Hex", "Format-List", "Format-Table", "Format-Wide", "Get-ChildItem",
            "Get-Clipboard", "Get-Content", "Get-Date", "Get-FileHash", "Get-Item", "Get-ItemProperty",
            "Get-Location", "Get-Member", "Get-Process", "Get-Random", "Get-Unique", "Get-Variable", "Group-Object",
            "Import-Clixml", "Import-Csv", "Import-PowerShellDataFile", "Install-PSResource", "Invoke-Expression",
            "Invoke-RestMethod", "Invoke-WebRequest", "Join-Path", "Measure-Command", "Measure-Object", "Move-Item",
            "New-Item", "New-Object", "New-Variable", "Out-File", "Out-GridView", "Out-String", "Pop-Location",
            "Push-Location", "Read-Host", "Remove-Item", "Remove-Variable", "Rename-Item", "Resolve-Path",
            "Select-Object", "Select-String", "Select-Xml", "Set-Content", "Set-Item", "Set-Location", "Set-Variable",
            "Sort-Object", "Split-Path", "Start-Process", "Start-Sleep", "Start-ThreadJob", "Start-Transcript",
            "Stop-Transcript", "Tee-Object", "Test-Path", "Update-TypeData", "Write-Debug", "Write-Error",
            "Write-Host", "Write-Information", "Write-Output", "Write-Progress", "Write-Verbose", "Write-Warning",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a session answer for them.</summary>
    public static void Answer(Runspace runspace) =>
        runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = (_, request) =>
    {
        if (s_names.TryGetValue(request.CommandName, out string? name))
        {
            request.Command = new CmdletInfo(name, typeof(MissingCommand));
        }
    };
}
