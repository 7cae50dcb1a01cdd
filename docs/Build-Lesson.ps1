<#
.SYNOPSIS
    Makes the topic about_MnistNet_Mathematics from mathematics.md beside this file.
.DESCRIPTION
    The page is written for both: its lines are short enough to stand indented in a terminal of 80 columns. Code gets a
    prompt, and what it prints stands below it, as on a screen.
#>
param(
    [string] $Destination = "$PSScriptRoot/../module/en-US/about_MnistNet_Mathematics.help.txt"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$title, $lines = Get-Content -LiteralPath "$PSScriptRoot/mathematics.md"
$fence = ''
$text = @(
    'TOPIC', '    about_MnistNet_Mathematics', ''
    'SHORT DESCRIPTION', "    $($title -replace '^# ').", ''
    'LONG DESCRIPTION'
    foreach ($line in $lines | Select-Object -Skip 1) {
        if ($line -match '^```(\w*)$') { $fence = $Matches[1] }
        elseif ($fence -eq 'powershell') { ($line -match '^(\s|\})' ? '            ' : '        PS> ') + $line }
        elseif ($fence) { "        $line".TrimEnd() }
        elseif ($line -match '^## (.+)') { "  $($Matches[1])" }
        else { "    $($line -replace '`')".TrimEnd() }
    }
    '', 'SEE ALSO', '    about_MnistNet', '    Invoke-ForwardPropagation', '    Invoke-Backpropagation',
        '    Update-Network', '    Trace-Prediction'
)
# A fence and the line after it leave two blank lines behind.
[System.IO.File]::WriteAllText($Destination, (($text -join "`n") -replace "\n{3,}", "`n`n") + "`n")
