<#
.SYNOPSIS
    Reads the pages that draw_pages.py drew, and reports by font what was found and what was read rightly.
.DESCRIPTION
    A page of which not ten digits were found counts as ten misread ones.
.EXAMPLE
    python3 tests/handwriting/draw_pages.py ./pages
    pwsh tests/handwriting/Measure-Pages.ps1 ./pages | Format-Table
#>
[CmdletBinding()]
param([Parameter(Mandatory)][string] $Folder)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../MnistNet.psd1"
$mnist = Import-Mnist
$networks = [ordered]@{
    Classic = ($mnist | Invoke-Training -Recipe Classic).Network
    Wide    = (New-Network -Hidden 256 -Seed 1 | Invoke-Training -Data $mnist -Recipe Fast98).Network
    Fast98  = ($mnist | Invoke-Training -Recipe Fast98).Network
    Fast99  = ($mnist | Invoke-Training -Recipe Fast99).Network
}
$rows = foreach ($page in Get-ChildItem -Path $Folder -Filter *.png) {
    $font, $size, $slant = $page.BaseName -split '_(?=[^_]+_[^_]+$)|_(?=[^_]+$)'
    $digits = @(Import-Digit -LiteralPath $page.FullName -Multiple -ErrorAction SilentlyContinue)
    $row = [ordered]@{ Font = $font; Size = $size; Slant = $slant; Digits = 10; Found = $digits.Count }
    foreach ($name in $networks.Keys) {
        $read = $digits.Count -eq 10 ? @(($digits | Get-Prediction -Network $networks[$name]).Predicted) : @()
        $row[$name] = @(0..9 | Where-Object { $_ -lt $read.Count -and $read[$_] -eq $_ }).Count
    }
    [pscustomobject] $row
}
$sum = {
    param($Name, $Pages)
    $found = [int] ($Pages.Found | Measure-Object -Sum).Sum
    $row = [ordered]@{ Font = $Name; Digits = 10 * $Pages.Count; Found = $found }
    foreach ($network in $networks.Keys) {
        $row[$network] = [Math]::Round(($Pages.$network | Measure-Object -Sum).Sum / (10 * $Pages.Count), 3)
    }
    [pscustomobject] $row
}
$rows | Group-Object Font | ForEach-Object { & $sum $_.Name $_.Group } | Sort-Object Wide -Descending
& $sum 'all of them' $rows
