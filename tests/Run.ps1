<#
.SYNOPSIS
    Runs the module's tests, or the files of them that are named, in this process.
.EXAMPLE
    pwsh -NoProfile tests/Run.ps1 tests/Repository.Tests.ps1
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot,

    # Where to leave the counts, passed, failed, skipped, and below them what was skipped.
    [string] $Report,

    # Pester 5, when it is not among the modules of this PowerShell.
    [string] $Pester = 'Pester'
)

Import-Module -Name $Pester
$run = Invoke-Pester -Configuration (New-PesterConfiguration -Hashtable @{
        Run    = @{ Path = $Path; PassThru = $true }
        Output = @{ Verbosity = 'Normal'; CIFormat = 'None'
        RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto' }
    })
$skipped = foreach ($test in $run.Skipped) {
    # Pester fills in the name of a test only when it runs it.
    $name = [regex]::Replace($test.ExpandedPath, '<(\w+)>',
        { param($match) $test.Data.($match.Groups[1].Value) ?? $match.Value })
    (@("Skipped: $name") + $test.ErrorRecord) -join ' '
}
$skipped

# A file or a block that broke before its tests ran counts as a failure, not as nothing.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
if ($Report) { Set-Content -LiteralPath $Report -Value (@("$($run.PassedCount) $failed $($run.SkippedCount)") +
    $skipped) }
exit [int] ($failed -gt 0)
