#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $root = Split-Path -Path $PSScriptRoot
    $links = foreach ($page in Get-ChildItem -Path "$root/*.md", "$root/docs/*.md", "$root/docs/cmdlets/*.md") {
        $text = (Get-Content -LiteralPath $page -Raw) -replace '(?sm)^(`{3,4}).*?^\1$' -replace '`[^`\n]+`'
        foreach ($link in [regex]::Matches($text, '\]\((?!https?:)([^)#]+)')) {
            @{ Page = [System.IO.Path]::GetRelativePath($root, $page.FullName); Folder = $page.DirectoryName
            Link = $link.Groups[1].Value }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $readme = Get-Content -LiteralPath "$Root/README.md" -Raw
    # The real digits, or synthetic ones, 1,000 of them.
    $few = "`$PSDefaultParameterValues['Import-Mnist:Count'] = 1000"
    if (-not ($env:MNISTNET_DATA -and (Test-Path -LiteralPath $env:MNISTNET_DATA))) {
        $few += "; `$PSDefaultParameterValues['Import-Mnist:Synthetic'] = `$true" }
}

Describe 'The pages' {
    It 'lead to a file that is there: <Link> in <Page>' -ForEach $links {
        Join-Path -Path $Folder -ChildPath $Link | Should -Exist
    }

    It 'name every cmdlet in the README' {
        foreach ($name in (Get-Module -Name MnistNet).ExportedCmdlets.Keys) { $readme | Should -Match "\b$name\b" }
    }
}

Describe 'The README' {
    It 'has a tour that runs as it is printed' {
        $tour = [regex]::Match($readme, '(?s)```powershell\n(.+?)\n```').Groups[1].Value.Replace('./MnistNet.psd1',
            $ModulePath)
        $folder = (New-Item -ItemType Directory -Path TestDrive:/tour).FullName
        $lines = Invoke-FreshShell "Set-Location '$folder'; `$ErrorActionPreference = 'Stop'; $few; $tour"
        $lines -join "`n" | Should -Match 'Accuracy  0\.\d{4}'
        "$folder/digits.safetensors" | Should -Exist
    }

    It 'gives the command that shows it and the one that tests it' {
        $readme | Should -Match '(?m)^dotnet run --project src/MnistNet\.Host$'
        $readme | Should -Match '(?m)^dotnet test$'
    }
}

Describe 'The first example' {
    BeforeAll {
        $script = Join-Path -Path (Split-Path -Path $ModulePath) -ChildPath module/examples/First-Network.ps1
    }

    It 'trains, measures and predicts' {
        $lines = Invoke-FreshShell "$few; & '$script'" | Out-String
        $lines | Should -Match 'Completed'
        $lines | Should -Match 'Most confused'
        $lines | Should -Match 'Predicted'
    }

    It 'takes synthetic digits where MNIST cannot be had, and says so loudly' {
        $nowhere = (New-Item -ItemType Directory -Path TestDrive:/nowhere).FullName
        $lines = Invoke-FreshShell @"
            `$env:MNISTNET_DATA = `$null
            `$env:XDG_CACHE_HOME = `$env:LOCALAPPDATA = `$env:HOME = '$nowhere'
            `$env:HTTPS_PROXY = `$env:https_proxy = 'http://127.0.0.1:9'
            `$PSDefaultParameterValues['Import-Mnist:Count'] = 500
            & '$script'
"@ | Out-String
        $lines | Should -MatchExactly 'MNIST COULD NOT BE HAD, so this runs on SYNTHETIC digits'
        $lines | Should -Match 'Completed'
        $lines | Should -Not -Match 'MNIST test'
    }
}
