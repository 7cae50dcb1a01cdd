#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    # `script` gives a program a terminal of its own, and keeps every byte that is written to it.
    $hasTerminal = $IsLinux -and (Get-Command -Name script -CommandType Application -ErrorAction Ignore)
    $whyNot = $hasTerminal ? '' : ', skipped: the command "script", which makes a terminal, is not here'
}

BeforeAll {
    . $PSScriptRoot/Common.ps1

    # Runs code in a terminal of 100 columns, and gives what was written to it. With -Interrupt, Ctrl+C is typed once
    # the cursor has been hidden for a while.
    function Invoke-InTerminal([string] $Code, [switch] $Interrupt) {
        $out = Join-Path -Path $TestDrive -ChildPath terminal.txt
        $file = Join-Path -Path $TestDrive -ChildPath code.ps1
        Remove-Item -Path $out -ErrorAction Ignore
        Set-Content -Path $file -Value "Import-Module '$ModulePath'`n$Code"
        $pwsh = (Get-Process -Id $PID).Path
        $typed = $Interrupt ? "i=0; while ! grep -q 25l '$out' && [ `$i -lt 300 ]; do sleep 0.2; i=`$((i+1)); done; " +
            "sleep 1; printf '\003'; sleep 2" : 'true'
        $run = "stty cols 100 rows 40; '$pwsh' -NoProfile -File '$file'"
        & /bin/sh -c "touch '$out'; unset NO_COLOR; export TERM=xterm-256color COLORTERM=truecolor; ($typed) |
            timeout 120 script -qefc `"$run`" '$out' > /dev/null"
        Get-Content -Path $out -Raw
    }

    # Colours, the cursor's visibility, clearing to the end of a line, moving up, and the keypad's mode, which
    # PowerShell itself sets: nothing of it is answered.
    $unanswered = '\e(\[[0-9;]*m|\[\?25[lh]|\[K|\[[0-9]+A|\[\?1[hl]|[=>])'
}

Describe "In a terminal$whyNot" -Skip:(-not $hasTerminal) {
    It 'pictures ask the terminal nothing' {
        $text = Invoke-InTerminal @'
$ProgressPreference = 'SilentlyContinue' # PowerShell's own progress bar asks where the cursor is.
$data = Import-Mnist -Synthetic -Count 60 -Seed 1
$run = $data | Invoke-Training -Iterations 3
$data.Test | Get-Digit -First 3 | Show-Digit
Show-Network $run
$run | Show-TrainingHistory
'@
        $text | Should -Match '\e\[48;2;' -Because 'the pictures are in colour'
        $text -replace $unanswered | Should -Not -Match '\e'
    }

    It 'a live view asks nothing, and gives the cursor back after Ctrl+C' {
        $text = Invoke-InTerminal -Interrupt @'
$data = Import-Mnist -Synthetic -Count 500 -Seed 1
$data | Invoke-Training -Iterations 1000000 -Live
'@
        $text | Should -Match 'unit 9'
        $text | Should -Match 'Training was stopped after'
        $text -replace $unanswered | Should -Not -Match '\e'
        $text.LastIndexOf("`e[?25h") | Should -BeGreaterThan $text.LastIndexOf("`e[?25l")
        $text.LastIndexOf("`e[?25l") | Should -BeGreaterThan 0
    }
}

Describe 'A reader that wants one line' {
    It 'has it, and nobody minds: <Code>' -ForEach @(
        @{ Code = '$data | Show-Digit' }
        @{ Code = 'Show-Network (New-Network -Hidden 2000)' }
        @{ Code = '$data | Invoke-Training -Iterations 3 | Show-TrainingHistory' }
    ) {
        $data = Import-Mnist -Synthetic -Count 60 -Seed 1
        [scriptblock]::Create("$Code | Select-Object -First 1").InvokeWithContext(
            $null, [psvariable]::new('data', $data)) | Should -HaveCount 1
    }
}
