<#
.SYNOPSIS
    Trains the classic network, measures it and lets it read a few digits.
.DESCRIPTION
    On MNIST, from $env:MNISTNET_DATA, the cache or the mirrors; where it cannot be had, on digits that the module draws.
#>
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"

# Shows a command as it would be typed, then runs it.
function Show([scriptblock] $Command) {
    Write-Host "`nPS> $($Command.ToString().Trim())" -ForegroundColor Cyan
    . $Command | Out-Host
}

try {
    $mnist = Import-Mnist -ErrorAction Stop
    Write-Host "`nPS> `$mnist = Import-Mnist" -ForegroundColor Cyan
}
catch {
    Write-Host "`n$_" -ForegroundColor Red
    Write-Host @'

  ****************************************************************
  *  MNIST COULD NOT BE HAD, so this runs on SYNTHETIC digits     *
  *  that the module draws itself. The figures below say nothing  *
  *  about MNIST. For the real digits, go online once, or set     *
  *  MNISTNET_DATA to a folder that holds the four files.         *
  ****************************************************************
'@ -ForegroundColor Yellow
    $mnist = Import-Mnist -Synthetic -ErrorAction Stop
    Write-Host "`nPS> `$mnist = Import-Mnist -Synthetic" -ForegroundColor Cyan
}

Show { $mnist }
. { $run = $mnist | Invoke-Training -Alpha 0.1 -ErrorAction Stop }
Write-Host "`nPS> `$run = `$mnist | Invoke-Training -Alpha 0.1" -ForegroundColor Cyan
Show { $run }
Show { $run.History | Where-Object Iteration -in 1, 10, 100, 300, 700 }
Show { $mnist | Measure-Network -Network $run }
Show { $mnist.Test | Get-Digit -Random 5 -Seed 3 | Get-Prediction -Network $run }
