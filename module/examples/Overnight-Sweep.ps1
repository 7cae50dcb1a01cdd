<#
.SYNOPSIS
    A sweep that survives the night: each row is on the disk as its run ends, and the same command goes on after
    an interruption.
.EXAMPLE
    ./Overnight-Sweep.ps1 -ResultPath ./overnight.csv
#>
[CmdletBinding()]
param([string] $ResultPath = './overnight.csv', $Data, [int] $Epochs = 20, [int[]] $Seed = 1..5,
    [object[]] $Hidden = (32, 64, 128, '128-64'))

$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"
$Data ??= Import-Mnist

$sweep = @{
    Hidden             = $Hidden
    Optimizer          = 'Adam', 'AdamW'
    Alpha              = 0.0005, 0.001, 0.002
    BatchSize          = 128
    Epochs             = $Epochs
    ValidationFraction = 0.1
    Patience           = 3
    Seed               = $Seed
}
$null = $Data | Invoke-TrainingSweep @sweep -ResultPath $ResultPath

# Settings are chosen by the validation share; the test set then judges the chosen one, and only that one.
Import-Csv -LiteralPath $ResultPath | Measure-Sweep ValidationAccuracy | Select-Object -First 3
