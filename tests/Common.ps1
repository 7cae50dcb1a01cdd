# Dot-source this in the BeforeAll of every *.Tests.ps1:  BeforeAll { . $PSScriptRoot/Common.ps1 }
# It imports the module under test: the staged package in `dotnet test`, else the one of the last build.

. $PSScriptRoot/Invoke-Pwsh.ps1

$Root = Split-Path -Path $PSScriptRoot
$ModulePath = $env:MNISTNET_TEST_MODULE ? $env:MNISTNET_TEST_MODULE : (Join-Path -Path $Root -ChildPath MnistNet.psd1)
Import-Module -Name $ModulePath

# Runs code in a pwsh of its own, which has loaded nothing yet, and gives back its lines of output, errors included.
function Invoke-FreshShell {
    param([Parameter(Mandatory)][string] $Code)

    Invoke-Pwsh -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'PlainText'; $Code" 2>&1 |
        ForEach-Object ToString
}

# The one error that some code gives, ending or not; fails when there is none or more than one.
function Get-OnlyError {
    param([Parameter(Mandatory)][scriptblock] $Code)

    $ErrorActionPreference = 'Continue'
    $errors = @(try { & $Code 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ })
    $errors.Count | Should -Be 1 -Because 'exactly one error tells what is wrong'
    $errors[0]
}
