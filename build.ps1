#!/usr/bin/env pwsh
#requires -Version 7.6
<#
.SYNOPSIS
    Builds, shows, tests and packs MnistNet.
.DESCRIPTION
    Build  publishes the cmdlets into module/bin, so that Import-Module ./MnistNet.psd1 works (the default)
    Demo   trains the classic network in front of your eyes: on MNIST, or on synthetic digits where it cannot be had
    Test   runs every test that this machine can run (dotnet test)
    Lint   holds the scripts to PSScriptAnalyzer, where it is installed
    Bench  measures the engine beside its peers; what follows goes to the bench program
    Help   makes the help that PowerShell reads from the pages in docs
    Pack   makes artifacts/MnistNet/<version> and the .nupkg that a gallery takes
    Clean  removes everything that was built
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Bench -Path bench.csv
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Demo', 'Test', 'Lint', 'Bench', 'Help', 'Pack', 'Clean')]
    [string] $Task = 'Build',

    # Goes to the bench program as it is.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Root = $PSScriptRoot
$Bin = Join-Path -Path $Root -ChildPath module/bin
$Artifacts = Join-Path -Path $Root -ChildPath artifacts
$Version = ([xml] (Get-Content -LiteralPath "$Root/Directory.Build.props" -Raw)).SelectSingleNode('//Version').InnerText
$Staged = Join-Path -Path $Artifacts -ChildPath "MnistNet/$Version"
. $Root/tests/Invoke-Pwsh.ps1

function Invoke-Dotnet {
    $command, $rest = $args
    & dotnet $command @rest
    if ($LASTEXITCODE -ne 0) { throw "dotnet $command failed; its output above says why." }
}

function Remove-Folder([string] $Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Recurse -Force }
}

function Build {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    Invoke-Dotnet build "$Root/src/MnistNet.Cmdlets" '-target:Stage' --configuration Release --nologo --verbosity quiet
    $seconds = $watch.Elapsed.TotalSeconds
    Write-Host ('Built MnistNet {0} in {1:F0} s. Import-Module ./MnistNet.psd1 brings it in.' -f $Version, $seconds)
}

function Pack {
    Build
    $nuspec = Join-Path -Path $Artifacts -ChildPath MnistNet.nuspec
    Set-Content -LiteralPath $nuspec -Value (Get-PackageDescription)
    $package = @('--no-build', '--configuration', 'Release', '--output', $Artifacts, "-p:NuspecFile=$nuspec")
    Invoke-Dotnet pack "$Root/src/MnistNet.Cmdlets" @package --nologo --verbosity quiet
    Remove-Item -LiteralPath $nuspec
    Write-Host "Packed artifacts/MnistNet/$Version and artifacts/MnistNet.$Version.nupkg"
}

# The gallery finds a module by what its tags say: the edition, the cmdlets, the systems.
function Get-PackageDescription {
    $manifest = Import-PowerShellDataFile -LiteralPath "$Root/MnistNet.psd1"
    $about = $manifest.PrivateData.PSData
    $tags = @($about.Tags) + 'PSModule' + 'PSEdition_Core' + 'PSIncludes_Cmdlet' +
        $manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
    $text = { param($value) [System.Security.SecurityElement]::Escape($value) }
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>MnistNet</id>
    <version>$Version</version>
    <authors>$(& $text $manifest.Author)</authors>
    <owners>$(& $text $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <license type="expression">MIT</license>
    <readme>README.md</readme>
    <description>$(& $text $manifest.Description)</description>
    <releaseNotes>$(& $text $about.ReleaseNotes)</releaseNotes>
    <copyright>$(& $text $manifest.Copyright)</copyright>
    <tags>$(& $text ($tags -join ' '))</tags>
  </metadata>
  <files>
    <file src="MnistNet/$Version/**" />
  </files>
</package>
"@
}

function Demo {
    Build
    # In a process of its own: this one may hold an older build, and an assembly cannot be unloaded.
    Invoke-Pwsh -NoProfile -File "$Root/module/examples/First-Network.ps1"
    if ($LASTEXITCODE -ne 0) { throw 'The demonstration failed; the lines above say why.' }
}

function Test {
    Push-Location -LiteralPath $Root
    try { Invoke-Dotnet test }
    finally { Pop-Location }
}

function Lint {
    if (-not (Get-Module -ListAvailable -Name PSScriptAnalyzer)) {
        throw 'PSScriptAnalyzer is not installed: Install-PSResource PSScriptAnalyzer.'
    }
    $settings = "$Root/tests/PSScriptAnalyzerSettings.psd1"
    $found = 'build.ps1', 'MnistNet.psd1', 'docs', 'module', 'tests' | ForEach-Object {
        Invoke-ScriptAnalyzer -Path "$Root/$_" -Recurse -Settings $settings
    }
    $found | Format-Table -Property RuleName, ScriptName, Line, Message -Wrap
    if ($found) { throw "PSScriptAnalyzer finds $(@($found).Count) things to mend; they stand above." }
    Write-Host 'PSScriptAnalyzer finds nothing to mend.'
}

function Bench {
    Invoke-Dotnet run --project "$Root/src/MnistNet.Bench" --configuration Release '--' @Arguments
}

function Help {
    Build
    # In a process of its own: this one may hold an older build.
    Invoke-Pwsh -NoProfile -NonInteractive -File "$Root/docs/Build-Help.ps1"
    if ($LASTEXITCODE -ne 0) { throw 'The help could not be made; the lines above say why.' }
    & "$Root/docs/Build-Lesson.ps1"
    Copy-Item -Path "$Root/module/en-US/*" -Destination "$Bin/en-US"
    Write-Host 'Wrote module/en-US/MnistNet.Cmdlets.dll-Help.xml and about_MnistNet_Mathematics.help.txt'
}

function Clean {
    Remove-Folder $Bin
    Remove-Folder $Artifacts
    Get-ChildItem -Path "$Root/src", "$Root/tests" -Directory | ForEach-Object {
        Remove-Folder "$($_.FullName)/bin"
        Remove-Folder "$($_.FullName)/obj"
    }
}

try {
    & $Task
}
catch {
    [System.Console]::Error.WriteLine("build.ps1 ${Task}: $_")
    exit 1
}
