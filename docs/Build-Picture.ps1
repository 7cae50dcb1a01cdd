<#
.SYNOPSIS
    Makes first-network.svg beside this file, the picture that README opens with, from a real run.
.DESCRIPTION
    Runs the commands below on the real MNIST and draws what they print as a terminal would show it. The module must
    have been built, and MNIST must be found: in $env:MNISTNET_DATA, in the user's cache or on the mirrors.
#>
param(
    [string] $Destination = "$PSScriptRoot/first-network.svg"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/../MnistNet.psd1"

$columns = 80
$env:MNISTNET_RENDERER = 'TrueColor'
$commands =
    { $mnist = Import-Mnist },
    { $mnist.Test | Get-Digit -First 5 | Show-Digit -Size Small },
    { $run = $mnist | Invoke-Training -Alpha 0.1 },
    { $run | Format-Table -Property Network, Iterations, TestAccuracy },
    { $run | Show-TrainingHistory -Metric Loss },
    { Show-Network -Network $run },
    { $mnist.Test | Get-Digit -Index 8 | Get-Attribution -Network $run | Show-Digit }

try {
    $lines = foreach ($command in $commands) {
        "PS> $("$command".Trim())"
        # Empty lines around a table would make the picture longer than it needs to be.
        $text = . $command | Out-String -Width $columns
        if ($text) { $text.Trim("`r", "`n") -split "\r?\n"; '' }
    }
}
finally {
    $env:MNISTNET_RENDERER = $null
}

# A character is 8 wide and 16 high: a half-block is a square.
$width, $height, $left, $top = 8, 16, 16, 44
$invariant = [cultureinfo]::InvariantCulture
$shapes = [System.Text.StringBuilder]::new()

# Words far from each other stand where they are: a browser would draw many spaces as one.
function Add-Text([int] $Column, [double] $Y, [string] $Text, [string] $Color) {
    foreach ($part in [regex]::Matches($Text, '\S+( \S+)*')) {
        $x = $left + $width * ($Column + $part.Index)
        $safe = [System.Security.SecurityElement]::Escape($part.Value)
        $null = $shapes.AppendLine([string]::Format($invariant,
            '<text x="{0}" y="{1}" fill="{2}" textLength="{3}">{4}</text>', $x, ($Y + 12), $Color,
                $width * $part.Length, $safe))
    }
}

function Add-Box([int] $Column, [double] $Y, [double] $Height, [string] $Color) {
    $null = $shapes.AppendLine([string]::Format($invariant, '<path fill="{0}" d="M{1} {2}h{3}v{4}h-{3}z"/>', $Color,
        ($left + $width * $Column), $Y, $width, $Height))
}

$row = 0
foreach ($line in $lines) {
    $y = $top + $height * $row++
    $column = 0
    $plain = '#cdd6f4'
    $front, $back = $plain, $null
    if ($line.StartsWith('PS> ')) { $front = '#a6e3a1' }
    foreach ($piece in [regex]::Matches($line, "`e\[(?<codes>[0-9;]*)m|(?<text>[^`e]+)")) {
        if (-not $piece.Groups['text'].Success) {
            $codes = $piece.Groups['codes'].Value -split ';'
            $color = $codes.Count -eq 5 ? (-join @('#'; $codes[2..4].ForEach({ ([int] $_).ToString('x2') }))) : $null
            switch ($codes[0]) {
                '38' { $front = $color }
                '48' { $back = $color }
                default { $front, $back = $plain, $null }
            }
            continue
        }

        $text = $piece.Groups['text'].Value
        if ($text -match '[▀▄]' -or $back) {
            foreach ($character in $text.ToCharArray()) {
                if ($back) { Add-Box $column $y $height $back }
                if ($character -eq '▀') { Add-Box $column $y ($height / 2) $front }
                elseif ($character -eq '▄') { Add-Box $column ($y + $height / 2) ($height / 2) $front }
                $column++
            }
        }
        else {
            Add-Text $column $y $text $front
            $column += $text.Length
        }
    }
}

$fullWidth, $fullHeight = ($columns * $width + 2 * $left), ($lines.Count * $height + $top + $left)
$svg = @"
<svg xmlns="http://www.w3.org/2000/svg" width="$fullWidth" height="$fullHeight"
     viewBox="0 0 $fullWidth $fullHeight" role="img">
<title>A run in a terminal: digits, a network trained on them, its loss, what its units look for,
and which ink spoke for an answer</title>
<rect width="$fullWidth" height="$fullHeight" rx="8" fill="#1e1e2e"/>
<circle cx="24" cy="20" r="6" fill="#f38ba8"/>
<circle cx="44" cy="20" r="6" fill="#f9e2af"/>
<circle cx="64" cy="20" r="6" fill="#a6e3a1"/>
<g font-family="ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13.3"
   xml:space="preserve" shape-rendering="crispEdges">
$($shapes.ToString().TrimEnd())
</g>
</svg>

"@
[System.IO.File]::WriteAllText($Destination, $svg.Replace("`r`n", "`n"))
Write-Host "Wrote $Destination from a run with a test accuracy of $($run.TestAccuracy.ToString('F4', $invariant))."
