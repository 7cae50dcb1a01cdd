<#
.SYNOPSIS
    How wide must the hidden layer be? The test accuracy for each width, with error bars over the seeds.
.EXAMPLE
    ./Width-Study.ps1 -Width 10, 30, 100, 300 -Epochs 5
#>
[CmdletBinding()]
param($Data, [int[]] $Width = (5, 10, 20, 40, 80), [int] $Epochs = 2, [int[]] $Seed = 1..5)

$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"
$Data ??= Import-Mnist

$summary = $Data | Invoke-TrainingSweep -Hidden $Width -Optimizer Adam -BatchSize 128 -Epochs $Epochs -Seed $Seed |
    Measure-Sweep TestAccuracy
$least = ($summary.IntervalLow | Measure-Object -Minimum).Minimum
$scale = 50 / [math]::Max(($summary.IntervalHigh | Measure-Object -Maximum).Maximum - $least, 1e-9)

foreach ($row in $summary | Sort-Object -Property { [int] $_.Hidden }) {
    # The line is the 95 % interval of the mean, the dot the mean.
    $ends = $row.IntervalLow, $row.Mean, $row.IntervalHigh
    $low, $mean, $high = $ends | ForEach-Object { [int] (($_ - $least) * $scale) }
    '{0,5}  {1:F4} ({2:F4}–{3:F4})  {4}{5}●{6}' -f $row.Hidden, $row.Mean, $row.IntervalLow, $row.IntervalHigh,
        (' ' * $low), ('─' * ($mean - $low)), ('─' * ($high - $mean))
}
