# Runs another PowerShell of the same kind as this one, with the arguments given.
function Invoke-Pwsh {
    $running = [System.Environment]::ProcessPath
    # Installed as a .NET tool, pwsh is an assembly that the dotnet host runs.
    $prefix = (Split-Path -Path $running -LeafBase) -eq 'dotnet' ? @("$PSHOME/pwsh.dll") : @()
    & $running @prefix @args
}
