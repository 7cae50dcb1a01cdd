#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $manifest = Import-PowerShellDataFile -LiteralPath $ModulePath
}

Describe 'The manifest' {
    It 'is valid' {
        { Test-ModuleManifest -Path $ModulePath -ErrorAction Stop } | Should -Not -Throw
    }

    It 'carries the version of Directory.Build.props' {
        $version = ([xml] (Get-Content -LiteralPath "$Root/Directory.Build.props" -Raw)).SelectSingleNode(
            '//Version').InnerText
        $manifest.ModuleVersion | Should -Be $version
    }

    It 'exports exactly the cmdlets that the assembly holds, in the order of the alphabet' {
        $assembly = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'MnistNet.Cmdlets' })[0]
        $held = foreach ($type in $assembly.GetExportedTypes()) {
            $attribute = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($type,
                [System.Management.Automation.CmdletAttribute])
            if ($attribute) { "$($attribute.VerbName)-$($attribute.NounName)" }
        }
        $manifest.CmdletsToExport -join "`n" | Should -BeExactly (($held | Sort-Object) -join "`n")
    }

    It 'speaks of PowerShell 7.6 and Core only' {
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        foreach ($name in $manifest.CmdletsToExport) { ($name -split '-')[0] | Should -BeIn $approved }
    }
}

Describe 'Import-Module' {
    It 'asks for a build where none was made' {
        $copy = New-Item -ItemType Directory -Path TestDrive:/unbuilt/module
        Copy-Item -LiteralPath "$Root/MnistNet.psd1" -Destination $copy.Parent
        Copy-Item -Path "$Root/module/*.ps*1*" -Destination $copy

        $lines = Invoke-FreshShell "Import-Module '$($copy.Parent)/MnistNet.psd1'; 'and goes on'"

        # The error and the output come through two pipes, in either order.
        $lines | Should -Contain (
            'Import-Module: MnistNet has not been built yet: run ./build.ps1 in its folder, then import it again.')
        $lines | Should -Not -Match 'Line \|'
    }

    It 'brings every cmdlet into a fresh shell, and nothing else' {
        $lines = Invoke-FreshShell ("Import-Module '$ModulePath'; (Get-Command -Module MnistNet | Sort-Object Name | " +
            "ForEach-Object { `"`$(`$_.CommandType) `$(`$_.Name)`" })")
        $lines | Should -BeExactly $manifest.CmdletsToExport.ForEach({ "Cmdlet $_" })
    }

    It 'says nothing while it does so, not even a warning about verbs' {
        Invoke-FreshShell "Import-Module '$ModulePath'" | Should -BeNullOrEmpty
    }

    It 'leaves no command and no module behind once it is removed' {
        Invoke-FreshShell @"
            Import-Module '$ModulePath'; Remove-Module MnistNet
            Get-Module | Where-Object Name -like 'MnistNet*' | ForEach-Object Name
            Get-Command -Module MnistNet | ForEach-Object Name
"@ | Should -BeNullOrEmpty
    }

    It 'may be done again in the same shell' {
        $names = Invoke-FreshShell ("1..2 | ForEach-Object { Import-Module '$ModulePath' -Force; " +
            '(New-Network -Seed 1).GetType().FullName }')
        $names | Should -BeExactly 'MnistNet.Network', 'MnistNet.Network'
    }

    It 'works on several threads at once' {
        $code = "1..4 | ForEach-Object -Parallel { Import-Module '$ModulePath'; " +
            '"$((New-Network -Seed $_).W1.RowCount)" }'
        Invoke-FreshShell $code | Should -BeExactly '10', '10', '10', '10'
    }

    It 'works in a thread job' {
        $code = "Start-ThreadJob { Import-Module '$ModulePath'; `"`$(New-Network -Seed 1)`" } | " +
            'Receive-Job -Wait -AutoRemoveJob'
        Invoke-FreshShell $code | Should -BeExactly '784-10-10 ReLU'
    }
}

Describe 'The package' {
    BeforeAll {
        $packing = Invoke-Pwsh -NoProfile -NonInteractive -File "$Root/build.ps1" Pack 2>&1 | Out-String
        $unpacked = (New-Item -ItemType Directory -Path TestDrive:/package).FullName
        # Not every installation has Expand-Archive.
        [System.IO.Compression.ZipFile]::ExtractToDirectory((Get-Item -Path "$Root/artifacts/*.nupkg").FullName,
            $unpacked)
    }

    It 'is packed without a warning' {
        $packing | Should -Match 'Packed artifacts/MnistNet/'
        $packing | Should -Not -Match 'warning [A-Z]+\d+|\[Warning\]|error [A-Z]+\d+'
    }

    It 'is one that a gallery can read' {
        Test-Path -LiteralPath "$unpacked/[Content_Types].xml" | Should -BeTrue
        Test-Path -LiteralPath "$unpacked/_rels/.rels" | Should -BeTrue
        $about = ([xml] (Get-Content -LiteralPath "$unpacked/MnistNet.nuspec" -Raw)).package.metadata
        $about.id | Should -BeExactly 'MnistNet'
        $about.version | Should -Be $manifest.ModuleVersion
        $tags = $about.tags -split ' '
        'PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet' | Should -BeIn $tags
        $manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_" }) | Should -BeIn $tags
    }

    It 'holds the module with its help and licence, and no native binaries' {
        foreach ($file in 'MnistNet.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'README.md', 'CHANGELOG.md',
            'module/bin/MnistNet.Engine.dll', 'module/bin/en-US/about_MnistNet.help.txt') {
            Test-Path -LiteralPath "$unpacked/$file" | Should -BeTrue -Because "$file belongs in it"
        }
        foreach ($file in Get-ChildItem -LiteralPath "$unpacked/module/bin" -File) {
            $file.Extension | Should -BeIn '.dll', '.pdb'
            if ($file.Extension -eq '.dll') { { [System.Reflection.AssemblyName]::GetAssemblyName($file.FullName) } |
                Should -Not -Throw }
        }
    }

    It 'imports in a fresh shell once it is unpacked' {
        Invoke-FreshShell "Import-Module '$unpacked/MnistNet.psd1'; `"`$(New-Network -Hidden 3 -Seed 1)`"" |
            Should -BeExactly '784-3-10 ReLU'
    }
}
