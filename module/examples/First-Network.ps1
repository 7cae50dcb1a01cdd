<#
.SYNOPSIS
    Trains the classic network, measures it and lets it read a few digits.
.DESCRIPTION
    On MNIST, from $env:MNISTNET_DATA, the cache or the mirrors; where it cannot be had, on digits that the module draws.
#>
$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"

function Show-Prompt([scriptblock] $Command) {
    Write-Host "PS> $("$Command".Trim())" -ForegroundColor Cyan
}

$import = { $mnist = Import-Mnist }
Show-Prompt $import
try {
    . $import
}
catch {
    Write-Host $_ -ForegroundColor Red
    Write-Host @'

  **********************************************************************
  *  MNIST COULD NOT BE HAD, so this runs on SYNTHETIC digits that     *
  *  the module draws itself: the figures below say nothing about      *
  *  MNIST. For the real digits, go online once, or set MNISTNET_DATA  *
  *  to a folder that holds its four files.                            *
  **********************************************************************
'@ -ForegroundColor Yellow
    $import = { $mnist = Import-Mnist -Synthetic }
    Show-Prompt $import
    . $import
}

$tour =
    { $mnist },
    { $run = $mnist | Invoke-Training -Alpha 0.1 },
    { $run },
    { $run.History | Where-Object Iteration -in 1, 10, 100, 300, 700 },
    { $mnist | Measure-Network -Network $run },
    { $mnist.Test | Get-Digit -Random 5 -Seed 3 | Get-Prediction -Network $run }

foreach ($command in $tour) {
    Show-Prompt $command
    . $command | Out-Host
}
