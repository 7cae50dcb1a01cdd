# Reads a page of docs/cmdlets. README.md beside this file shows the form of a page.

Set-StrictMode -Version Latest

# Cuts lines into blocks: paragraphs (lines joined), list items, and fenced code (lines kept, with its language).
function Get-Block([string[]] $Lines) {
    $text = [System.Collections.Generic.List[string]]::new()
    $flush = {
        if ($text.Count) { [pscustomobject]@{ Language = $null; Text = ConvertTo-PlainText ($text -join ' ') } }
        $text.Clear()
    }
    $code = $null
    foreach ($line in $Lines) {
        if ($null -ne $code) {
            if ($line -eq '```') {
                [pscustomobject]@{ Language = $language; Text = (Remove-Margin $code) -join "`n" }
                $code = $null
            }
            else { $code.Add($line) }
        }
        elseif ($line -match '^```(\w+)$') {
            & $flush
            $language, $code = $Matches[1], [System.Collections.Generic.List[string]]::new()
        }
        elseif ($line.Trim() -eq '') { & $flush }
        else {
            if ($line -match '^- ') { & $flush }
            $text.Add($line.Trim())
        }
    }
    if ($null -ne $code) { throw 'A code fence is not closed.' }
    & $flush
}

# Takes away the spaces that all lines begin with: Get-Help would take them from the first line only, and shift a
# table's heading.
function Remove-Margin([string[]] $Lines) {
    $margin = ($Lines | Where-Object { $_.Trim() } | ForEach-Object { $_.Length - $_.TrimStart().Length } |
        Measure-Object -Minimum).Minimum
    $Lines | ForEach-Object { $_.Substring([math]::Min($margin, $_.Length)) }
}

function ConvertTo-PlainText([string] $Markdown) {
    $Markdown -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`', '' -replace '\*\*', ''
}

# Cuts lines at headings of one level into an ordered table: heading, lines below it. What comes first has the key ''.
function Split-Section([string[]] $Lines, [int] $Level) {
    $sections = [ordered]@{ '' = [System.Collections.Generic.List[string]]::new() }
    $current = ''
    $fenced = $false
    foreach ($line in $Lines) {
        if ($line.StartsWith('```')) { $fenced = -not $fenced }
        if (-not $fenced -and $line -match "^#{$Level} (.+)$") {
            $current = $Matches[1].Trim()
            if ($sections.Contains($current)) { throw "The heading '$current' stands there twice." }
            $sections[$current] = [System.Collections.Generic.List[string]]::new()
        }
        else { $sections[$current].Add($line) }
    }
    $sections
}

function Get-Paragraph([string[]] $Lines) {
    @(Get-Block $Lines | ForEach-Object Text)
}

function Get-Example([string] $Title, [string[]] $Lines) {
    $blocks = @(Get-Block $Lines)
    $at = [array]::FindIndex($blocks, [Predicate[object]] { param($block) $block.Language -eq 'powershell' })
    if ($at -lt 0) { throw "The example '$Title' has no powershell block." }
    [pscustomobject]@{
        Title        = $Title
        Introduction = @($blocks | Select-Object -First $at | ForEach-Object Text)
        Code         = $blocks[$at].Text
        Remarks      = @($blocks | Select-Object -Skip ($at + 1) | ForEach-Object Text)
    }
}

<#
.SYNOPSIS
    Reads one page: Name, Synopsis, Description, Examples, Parameters, Inputs, Outputs, Notes, Links.
#>
function Import-HelpPage {
    param([Parameter(Mandatory, ValueFromPipelineByPropertyName)][Alias('FullName')][string] $Path)

    process {
        try {
            $lines = @(Get-Content -LiteralPath $Path)
            if ($lines[0] -notmatch '^# (\w+-\w+)$') { throw 'The first line must be "# Verb-Noun".' }
            $name = $Matches[1]
            $sections = Split-Section ($lines | Select-Object -Skip 1) 2
            $known = '', 'Description', 'Examples', 'Parameters', 'Input', 'Output', 'Notes', 'Links'
            foreach ($heading in $sections.Keys) {
                if ($heading -notin $known) { throw "'$heading' is none of the headings $($known[1..9] -join ', ')." }
            }
            $part = { param($heading) $sections.Contains($heading) ? $sections[$heading].ToArray() : @() }
            $entries = {
                param($heading)
                $table = [ordered]@{}
                $below = Split-Section (& $part $heading) 3
                foreach ($key in $below.Keys) { if ($key) { $table[$key] = $below[$key].ToArray() } }
                $table
            }
            $examples, $parameters, $inputs, $outputs = 'Examples', 'Parameters', 'Input', 'Output' |
                ForEach-Object { & $entries $_ }

            $page = [pscustomobject]@{
                Path        = $Path
                Name        = $name
                Synopsis    = Get-Paragraph (& $part '')
                Description = Get-Paragraph (& $part 'Description')
                Examples    = @($examples.Keys | ForEach-Object { Get-Example $_ $examples[$_] })
                Parameters  = [ordered]@{}
                Inputs      = [ordered]@{}
                Outputs     = [ordered]@{}
                Notes       = Get-Paragraph (& $part 'Notes')
                Links       = @(Get-Paragraph (& $part 'Links') | ForEach-Object { $_ -replace '^- ' })
            }
            foreach ($key in $parameters.Keys) {
                $default = ''
                $words = @(Get-Paragraph $parameters[$key] |
                    Where-Object { if ($_ -match '^Default: (.+)$') { $default = $Matches[1] } else { $true } })
                $page.Parameters[$key.TrimStart('-')] = @{ Text = $words; Default = $default }
            }
            foreach ($key in $inputs.Keys) { $page.Inputs[$key] = Get-Paragraph $inputs[$key] }
            foreach ($key in $outputs.Keys) { $page.Outputs[$key] = Get-Paragraph $outputs[$key] }
            $page
        }
        catch {
            throw "$(Split-Path -Path $Path -Leaf): $_"
        }
    }
}

Export-ModuleMember -Function Import-HelpPage
