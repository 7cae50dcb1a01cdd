#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = (Get-Item -LiteralPath TestDrive:/).FullName.TrimEnd([System.IO.Path]::DirectorySeparatorChar)

    function Split-Safetensors([string] $Path) {
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        $length = [BitConverter]::ToInt64($bytes, 0)
        ConvertFrom-Json -InputObject ([Text.Encoding]::UTF8.GetString($bytes, 8, $length)) -AsHashtable
        , $bytes[(8 + $length)..($bytes.Length - 1)]
    }
}

Describe 'Export-Network and Import-Network' {
    It 'bring a network back as it was' {
        $network = New-Network -Hidden 12, 5 -Activation Tanh -Seed 9
        $network | Export-Network -Path "$folder/deep.safetensors"
        $back = Import-Network -Path "$folder/deep.safetensors"
        "$back" | Should -Be '784-12-5-10 Tanh'
        $back.Seed | Should -Be 9
        foreach ($symbol in 'W1', 'b1', 'W2', 'b2', 'W3', 'b3') { $back.$symbol[0, 0] |
            Should -Be $network.$symbol[0, 0] }
    }

    It 'keep the facts of a training in the file' {
        Import-Mnist -Synthetic -Count 100 | Invoke-Training -Iterations 2 |
            Export-Network -Path "$folder/facts.safetensors"
        $header, $null = Split-Safetensors "$folder/facts.safetensors"
        "$($header.__metadata__.Values)" | Should -Match '784-10-10|ReLU'
        ($header.__metadata__ | ConvertTo-Json) | Should -Match 'ccuracy'
    }

    It 'take several files by a wildcard, and files from the pipeline' {
        1, 2 | ForEach-Object { New-Network -Hidden $_ | Export-Network -Path "$folder/many$_.safetensors" }
        (Import-Network -Path "$folder/many?.safetensors").Shape | Should -Be 784-1-10, 784-2-10
        (Get-Item "$folder/many*.safetensors" | Import-Network).Shape | Should -Be 784-1-10, 784-2-10
    }

    It 'take names with brackets literally' {
        New-Network -Hidden 4 | Export-Network -Path "$folder/odd [1].safetensors"
        (Import-Network -LiteralPath "$folder/odd [1].safetensors").Shape | Should -Be 784-4-10
    }

    It 'resolve paths as PowerShell does' {
        Push-Location -LiteralPath TestDrive:/
        try {
            New-Network -Hidden 3 | Export-Network -Path ./relative.safetensors
            (Import-Network -Path TestDrive:/relative.safetensors).Shape | Should -Be 784-3-10
        }
        finally { Pop-Location }
    }

    It 'complete folders and networks, not other files' {
        $null = New-Item -ItemType File -Path "$folder/complete.txt", "$folder/complete.safetensors"
        $null = New-Item -ItemType Directory -Path "$folder/complete.d"
        $line = "Import-Network -Path $folder/complete"
        $found = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.ListItemText
        $found | Sort-Object | Should -Be 'complete.d', 'complete.safetensors'
    }

    It 'know nothing of an extension without a format' {
        $fault = Get-OnlyError { New-Network | Export-Network -Path "$folder/network.docx" }
        $fault.FullyQualifiedErrorId | Should -Be 'UnknownNetworkFormat,MnistNet.Cmdlets.ExportNetworkCommand'
        "$fault" | Should -BeLike '*.docx*.safetensors*'
    }
}

Describe 'Export-Network where it may not or cannot write' {
    BeforeEach {
        $path = "$folder/kept.safetensors"
        if (Test-Path -LiteralPath $path) { Set-ItemProperty -LiteralPath $path -Name IsReadOnly -Value $false }
        New-Network -Hidden 6 | Export-Network -Path $path
        $hash = (Get-FileHash -LiteralPath $path).Hash
        $other = New-Network -Hidden 7
    }

    It 'replaces a file, as Out-File does' {
        $other | Export-Network -Path $path
        (Import-Network -Path $path).Shape | Should -Be 784-7-10
    }

    It 'does not with -NoClobber' {
        $fault = Get-OnlyError { $other | Export-Network -Path $path -NoClobber }
        $fault.FullyQualifiedErrorId | Should -BeLike 'TargetExists,*'
        $fault.CategoryInfo.Category | Should -Be ResourceExists
        (Get-FileHash -LiteralPath $path).Hash | Should -Be $hash
    }

    It 'keeps the first of several networks instead of replacing it by the next' {
        (Get-OnlyError { $other, (New-Network -Hidden 8) | Export-Network -Path $path }).FullyQualifiedErrorId |
            Should -BeLike 'OneNetworkAFile,*'
        (Import-Network -Path $path).Shape | Should -Be 784-7-10
    }

    It 'does nothing with -WhatIf' {
        $other | Export-Network -Path $path -WhatIf
        (Get-FileHash -LiteralPath $path).Hash | Should -Be $hash
    }

    It 'replaces a read-only file with -Force alone' {
        Set-ItemProperty -LiteralPath $path -Name IsReadOnly -Value $true
        (Get-OnlyError { $other | Export-Network -Path $path }).FullyQualifiedErrorId |
            Should -BeLike 'TargetReadOnly,*'
        (Get-FileHash -LiteralPath $path).Hash | Should -Be $hash
        $other | Export-Network -Path $path -Force
        (Import-Network -Path $path).Shape | Should -Be 784-7-10
    }

    It 'names a folder that is missing, and a folder in place of the file' {
        (Get-OnlyError { $other | Export-Network -Path "$folder/missing/a.safetensors" }).FullyQualifiedErrorId |
            Should -BeLike 'TargetFolderMissing,*'
        $null = New-Item -ItemType Directory -Path "$folder/folder.safetensors"
        (Get-OnlyError { $other | Export-Network -Path "$folder/folder.safetensors" }).FullyQualifiedErrorId |
            Should -BeLike 'TargetIsFolder,*'
    }

    It 'refuses a path of another provider' {
        (Get-OnlyError { $other | Export-Network -Path env:a.safetensors }).FullyQualifiedErrorId |
            Should -BeLike 'NotAFileSystemPath,*'
    }

    It 'says so where a folder takes no files' {
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it needs a folder in which nobody can write' }
        $fault = Get-OnlyError { $other | Export-Network -Path /proc/self/a.safetensors }
        $fault.FullyQualifiedErrorId | Should -Match '^(AccessDenied|FileAccessFailed|FileNotFound),'
        $fault.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'leaves the old file whole when the disk is full' {
        $disk = New-Item -ItemType Directory -Path "$folder/disk" -Force
        if (-not $IsLinux) { Set-ItResult -Skipped -Because 'it needs a small disk, which it can make on Linux only' }
        mount -t tmpfs -o size=128k tmpfs $disk.FullName 2> $null
        if ($LASTEXITCODE -ne 0) { Set-ItResult -Skipped -Because 'mounting a small disk is not allowed here' }
        try {
            New-Network -Hidden 10 | Export-Network -Path "$disk/a.safetensors"
            $fault = Get-OnlyError { New-Network -Hidden 200 | Export-Network -Path "$disk/a.safetensors" }
            $fault.FullyQualifiedErrorId | Should -BeLike 'FileAccessFailed,*'
            "$fault" | Should -Match 'space'
            (Import-Network -Path "$disk/a.safetensors").Shape | Should -Be 784-10-10
            (Get-ChildItem -LiteralPath $disk -Force).Count | Should -Be 1 -Because 'nothing half-written stays behind'
        }
        finally { umount $disk.FullName }
    }

    It 'leaves a whole file when it is killed while writing' {
        $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
        $start.RedirectStandardOutput = $true
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command',
            ("Import-Module -Name '$ModulePath'; `$n = New-Network -Hidden 2000; 'ready'; " +
                "while (`$true) { `$n | Export-Network -Path '$path' }")) {
            $start.ArgumentList.Add($argument)
        }

        $writer = [System.Diagnostics.Process]::Start($start)
        try {
            $writer.StandardOutput.ReadLine() | Should -Be ready
            # Any moment will do: the writer writes without a pause.
            Start-Sleep -Milliseconds 137
        }
        finally {
            $writer.Kill()
            $writer.WaitForExit()
        }

        (Import-Network -Path $path).Shape | Should -BeIn 784-6-10, 784-2000-10
    }
}
