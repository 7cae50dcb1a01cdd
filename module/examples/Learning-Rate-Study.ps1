<#
.SYNOPSIS
    Which learning rate? A range test finds the region, a sweep over some seeds the best in it.
.EXAMPLE
    ./Learning-Rate-Study.ps1 -Epochs 5 | Export-Csv learning-rates.csv
#>
[CmdletBinding()]
param($Data, [int[]] $Hidden = 64, [string] $Optimizer = 'Adam', [int] $Epochs = 2, [int[]] $Seed = 1..3)

$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"
$Data ??= Import-Mnist

$suggested = ($Data | Find-LearningRate -Hidden $Hidden -Optimizer $Optimizer).Alpha
Write-Verbose "The range test suggests a learning rate of $suggested."

$runs = $Data | Invoke-TrainingSweep -Hidden (
    $Hidden -join '-') -Optimizer $Optimizer -BatchSize 128 -Epochs $Epochs -Seed $Seed `
    -Alpha ((0.1, 0.3, 1, 3, 10).ForEach({ [double] ($_ * $suggested).ToString('G2') }))
$runs | Measure-Sweep
