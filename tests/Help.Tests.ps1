#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $root = Split-Path -Path $PSScriptRoot
    Import-Module -Name "$root/docs/HelpPage.psm1"
    $pages = Get-ChildItem -Path "$root/docs/cmdlets/*.md" | Import-HelpPage
    $examples = foreach ($page in $pages) {
        foreach ($example in $page.Examples) { @{ Name = $page.Name; Title = $example.Title; Code = $example.Code } }
    }
    $cmdlets = (Import-PowerShellDataFile -LiteralPath "$root/MnistNet.psd1").CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-Help <_>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command -Name $_ -Module MnistNet -ErrorAction Stop
        $help = Get-Help -Name $_ -Full
    }

    It 'says in a sentence what it does, and then more' {
        $help.Synopsis.Trim() | Should -Match '^[A-Z].+\.$'
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 100
    }

    It 'describes every parameter, and no parameter that is not there' {
        $own = $command.Parameters.Keys.Where({ $_ -notin [System.Management.Automation.PSCmdlet]::CommonParameters +
            'WhatIf' + 'Confirm' })
        $described = @($help.parameters.parameter)
        ($described.name | Sort-Object) -join ' ' | Should -Be (($own | Sort-Object) -join ' ')
        foreach ($parameter in $described) {
            ($parameter.description.Text -join ' ') |
                Should -Match '(?s)^\S.{15,}\.$' -Because "-$($parameter.name) needs a description"
        }
    }

    It 'has two examples or more, each with code' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 2
        $examples.code | Should -Not -BeNullOrEmpty
    }

    It 'shows tables in its examples with the heading above its columns' {
        # Get-Help takes leading spaces from the first line of a text, and from no other.
        $help.examples.example.remarks.Text | Should -Not -Match '^ '
    }

    It 'names the types that come out' {
        $types = @($command.OutputType.Name.Where({ $_ -ne 'System.Void' }))
        $told = @($help.returnValues.returnValue | ForEach-Object { $_.type.name.Trim() })
        $told.Count | Should -BeGreaterThan 0
        foreach ($type in $types) { $type | Should -BeIn $told }
    }
}

Describe 'The committed help' {
    It 'is what its pages make of it' {
        $made = Join-Path -Path (Get-Item -LiteralPath TestDrive:/).FullName -ChildPath made.xml
        Invoke-FreshShell "& '$Root/docs/Build-Help.ps1' -Destination '$made' -Module '$ModulePath'" |
            Should -BeNullOrEmpty
        $committed = Get-Content -LiteralPath "$Root/module/en-US/MnistNet.Cmdlets.dll-Help.xml" -Raw
        (Get-Content -LiteralPath $made -Raw) -ceq $committed |
            Should -BeTrue -Because 'after a change, ./build.ps1 Help writes it anew'
    }

    It 'fits a terminal of 80 columns in <Name>' -ForEach (
        Get-ChildItem -Path "$PSScriptRoot/../module/en-US/about_*.help.txt") {
        Get-Content -LiteralPath $_.FullName | Where-Object Length -gt 80 | Should -BeNullOrEmpty
    }

    It 'is found by its topic, <BaseName>' -ForEach (
        Get-ChildItem -Path "$PSScriptRoot/../module/en-US/about_*.help.txt") {
        Get-Help -Name ($_.Name -replace '\.help\.txt$') | Should -Match 'SHORT DESCRIPTION'
    }
}

Describe 'The examples' {
    BeforeAll {
        # What docs/README.md promises an example: 1,000 digits at a time, and some files to read.
        $hasMnist = $env:MNISTNET_DATA -and (Test-Path -LiteralPath $env:MNISTNET_DATA)
        $defaults = @{ 'Import-Mnist:Count' = 1000 }
        $folder = New-Item -ItemType Directory -Path TestDrive:/examples
        Push-Location -LiteralPath $folder
        Import-Mnist -Synthetic -Count 300 -Seed 1 | Invoke-Training -Iterations 50 |
            Export-Network -Path ./digits.safetensors

        function ConvertTo-BigEndian([int[]] $Numbers) { foreach ($number in $Numbers) {
            [byte[]] ([System.BitConverter]::GetBytes($number)[3..0]) } }
        $null = New-Item -ItemType Directory -Path ./mnist
        foreach ($part in @{ Split = 'Train'; Name = 'train' }, @{ Split = 'Test'; Name = 't10k' }) {
            $digits = @(Import-Mnist -Synthetic -Count 20 -Split $part.Split | Get-Digit)
            [System.IO.File]::WriteAllBytes("$PWD/mnist/$($part.Name)-images-idx3-ubyte",
                [byte[]] ((ConvertTo-BigEndian 0x803, 20, 28, 28) + $digits.Pixels))
            [System.IO.File]::WriteAllBytes("$PWD/mnist/$($part.Name)-labels-idx1-ubyte",
                [byte[]] ((ConvertTo-BigEndian 0x801, 20) + $digits.Label))
        }
        Set-Content -LiteralPath ./train.csv -Value @(
            'label,' + ((0..783).ForEach({ "pixel$_" }) -join ',')
            $digits.ForEach({ "$($_.Label)," + ($_.Pixels -join ',') })
        )

        if (-not $hasMnist) { $defaults['Import-Mnist:Synthetic'] = $true }
    }

    It '<Name>: <Title>' -ForEach $examples {
        $before = $global:PSDefaultParameterValues
        $global:PSDefaultParameterValues = $defaults.Clone()
        try {
            $ErrorActionPreference = 'Stop'
            & ([scriptblock]::Create($Code)) *> $null
        }
        finally {
            $global:PSDefaultParameterValues = $before
        }
    }

    AfterAll {
        Pop-Location
    }
}
