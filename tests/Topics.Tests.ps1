#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $topics = Join-Path -Path $Root -ChildPath module/en-US

    # Every line of code of a topic, as it is printed, in one script. Lines of code are indented by eight.
    function Get-TopicCode([string] $Name) {
        $lines = Get-Content -LiteralPath "$topics/$Name.help.txt" | Where-Object { $_ -match '^ {8}' }
        $lines | Should -Not -BeNullOrEmpty
        $lines -join "`n"
    }

    # The real digits where they are to be had, 6,000 of them, else synthetic ones; in a job too.
    $hasMnist = $env:MNISTNET_DATA -and (Test-Path -LiteralPath $env:MNISTNET_DATA)
    $few = "`$PSDefaultParameterValues['Import-Mnist:Count'] = $($hasMnist ? 6000 : 500)"
    if (-not $hasMnist) { $few += "; `$PSDefaultParameterValues['Import-Mnist:Synthetic'] = `$true" }

    # Runs code in a folder of its own, every error fatal, and gives its lines.
    function Invoke-TopicCode([string] $Code, [string] $Folder) {
        New-Item -ItemType Directory -Path $Folder | Out-Null
        # A job finds the module where PowerShell looks for modules.
        $Code = $Code.Replace('Start-Job {', "Start-Job { Import-Module '$ModulePath'; $few;")
        $file = Join-Path -Path $Folder -ChildPath code.ps1
        Set-Content -LiteralPath $file -Value (
            "`$ErrorActionPreference = 'Stop'; `$PSStyle.OutputRendering = 'PlainText'; Import-Module '$ModulePath'`n" +
            "Set-Location -LiteralPath '$Folder'; $few`n$Code`n'the end'")
        Invoke-Pwsh -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object ToString
    }
}

Describe 'about_MnistNet_Objects' {
    It 'runs as it is printed, and what comes back is what was sent' {
        $folder = Join-Path -Path $TestDrive -ChildPath objects
        $code = (Get-TopicCode about_MnistNet_Objects) + "`n" + @'
"text equals: $($again -eq $run.Network)"
"clixml equals: $((Import-Clixml run.xml).Network -eq $run.Network)"
$best = $rows | Sort-Object ValidationAccuracy | Select-Object -Last 1
"best equals: $(($rows | Where-Object Network).Network.Fingerprint -eq $best.NetworkFingerprint)"
$csv = Import-Csv runs.csv
"rows equal: $((($csv | Invoke-Training -Data $mnist).Fingerprint -join ' ') -eq ($csv.NetworkFingerprint -join ' '))"
$counts = (Import-Csv confusion.csv | ForEach-Object { $_.psobject.Properties.Where({ $_.Name -like 'C*' }).Value })
"digits counted: $(($counts | Measure-Object -Sum).Sum -eq $mnist.Test.Count)"
'@
        $lines = Invoke-TopicCode $code $folder
        $lines | Should -Contain 'the end' -Because ($lines | Select-Object -Last 12 | Out-String)
        foreach ($what in 'text equals', 'clixml equals', 'best equals', 'rows equal', 'digits counted') {
            $lines | Should -Contain "${what}: True"
        }
        "$folder/job.safetensors" | Should -Exist
    }
}

Describe 'about_MnistNet_Seeing' {
    It 'runs as it is printed, without an escape where output is redirected' {
        $lines = Invoke-TopicCode (Get-TopicCode about_MnistNet_Seeing) (Join-Path -Path $TestDrive -ChildPath seeing)
        $lines | Should -Contain 'the end' -Because ($lines | Select-Object -Last 12 | Out-String)
        $lines | Should -Not -Match '\e'
        foreach ($what in '^#0: ', 'said \d', '^loss of 784-10-10', 'smoothed', 'above 0', 'speak for it') {
            @(@($lines) -match $what).Count | Should -BeGreaterThan 0 -Because "$what is drawn"
        }
    }
}

Describe 'about_MnistNet_FromPython' {
    It 'gives commands that run, each for its function' {
        $text = Get-Content -LiteralPath "$topics/about_MnistNet_FromPython.help.txt"
        $commands = $text | ForEach-Object {
            if ($_ -match '^    [A-Za-z_.]+(\(.*\))? {2,}(?<command>[$(].+)$') { $Matches.command }
        }
        $commands.Count | Should -BeGreaterOrEqual 18
        $before = ($text -match 'Import-Mnist$|-First 100$') -replace '^.*?(?=\$)'
        $before.Count | Should -Be 2
        $code = @($before) + $commands -join "`n"
        $lines = Invoke-TopicCode $code (Join-Path -Path $TestDrive -ChildPath python)
        $lines | Should -Contain 'the end' -Because ($lines | Select-Object -Last 12 | Out-String)
    }

    It 'is found by the name of a function' {
        "$(Get-Help -Name get_predictions -ErrorAction Ignore | Out-String)" | Should -Match 'Get-Prediction'
    }
}
