<#
.SYNOPSIS
    Trains the classic network, measures it, lets it read a few digits, saves it and loads it again.
.DESCRIPTION
    On MNIST, from $env:MNISTNET_DATA, the cache or the mirrors; where it cannot be had, on digits that the module
    draws.
    It uses commands that every PowerShell engine has, so MnistNet.Host can run it too.
#>
$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../../MnistNet.psd1"

function Show-Prompt([scriptblock] $Command) {
    "$($PSStyle.Foreground.Cyan)PS> $("$Command".Trim())$($PSStyle.Reset)"
}

$import = { $mnist = Import-Mnist }
Show-Prompt $import
try {
    . $import
}
catch {
    "$($PSStyle.Formatting.Error)$_$($PSStyle.Reset)"
    "$($PSStyle.Foreground.Yellow)"
    @'
  **********************************************************************
  *  MNIST COULD NOT BE HAD, so this runs on SYNTHETIC digits that     *
  *  the module draws itself: the figures below say nothing about      *
  *  MNIST. For the real digits, go online once, or set MNISTNET_DATA  *
  *  to a folder that holds its four files.                            *
  **********************************************************************
'@
    "$($PSStyle.Reset)"
    $import = { $mnist = Import-Mnist -Synthetic }
    Show-Prompt $import
    . $import
}

$tour =
    { $mnist },
    { $mnist.Test | Get-Digit -First 2 | Show-Digit },
    { $run = $mnist | Invoke-Training -Alpha 0.1 },
    { $run },
    { $run | Show-TrainingHistory },
    { Show-Network -Network $run },
    { $mnist | Measure-Network -Network $run },
    { $run | Export-Network -Path $file },
    { $mnist.Test | Get-Digit -First 5 | Get-Prediction -Network (Import-Network -Path $file) }

# A name of its own: whatever lies in the folder stays as it is.
$file = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "first-network-$PID.safetensors")
try {
    foreach ($command in $tour) {
        Show-Prompt $command
        . $command | Out-Host
    }
}
finally {
    [System.IO.File]::Delete($file)
}
