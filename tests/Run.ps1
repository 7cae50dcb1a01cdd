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

    # Where to leave the counts for build.ps1.
    [string] $Report
)

$run = Invoke-Pester -Configuration (New-PesterConfiguration -Hashtable @{
        Run    = @{ Path = $Path; PassThru = $true }
        Output = @{ Verbosity = 'Normal'; CIFormat = 'None'; RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto' }
    })
foreach ($test in $run.Skipped) { (@("Skipped: $($test.ExpandedPath)") + $test.ErrorRecord) -join ' ' }

# A file or a block that broke before its tests ran counts as a failure, not as nothing.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
if ($Report) {
    @{ Passed = $run.PassedCount; Failed = $failed; Skipped = $run.SkippedCount } | ConvertTo-Json | Set-Content -LiteralPath $Report
}
exit [int] ($failed -gt 0)
