#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1

    $digits = Import-Mnist -Synthetic -Count 300 -Seed 1
    $settings = @{ Data = $digits; Hidden = 12; BatchSize = 50; Epochs = 6; Optimizer = 'Adam'; ValidationFraction = 0.1; Patience = 5 }
    # The file of a network holds its weights exactly, and what its training came to.
    $weights = {
        param($result)
        $result | Export-Network -Path TestDrive:/weights.safetensors
        (Get-FileHash -LiteralPath TestDrive:/weights.safetensors).Hash
    }
}

Describe 'Invoke-Training -CheckpointPath' {
    BeforeEach {
        $file = Join-Path -Path (Get-Item -LiteralPath TestDrive:/).FullName -ChildPath "run-$([guid]::NewGuid()).ckpt"
    }

    It 'goes on to the same bits after it was stopped' {
        $whole = Invoke-Training @settings
        $null = Invoke-Training @settings -CheckpointPath $file -CheckpointEvery 1 -StreamHistory | Select-Object -First 2
        $file | Should -Exist
        $resumed = Invoke-Training @settings -CheckpointPath $file -Resume
        & $weights $resumed | Should -BeExactly (& $weights $whole)
        $resumed.History.Loss | Should -Be $whole.History.Loss
    }

    It 'goes on in another process after it was killed' {
        $whole = Invoke-Training @settings
        $code = @"
Import-Module '$ModulePath'
Import-Mnist -Synthetic -Count 300 -Seed 1 | Invoke-Training -Hidden 12 -BatchSize 50 -Epochs 6 -Optimizer Adam -ValidationFraction 0.1 -Patience 5 -CheckpointPath '$file' -CheckpointEvery 1 -StreamHistory | ForEach-Object { if (`$_.Epoch -eq 3) { [System.Environment]::FailFast('killed by the test') } }
"@
        $null = Invoke-FreshShell $code
        $file | Should -Exist
        & $weights (Invoke-Training @settings -CheckpointPath $file -Resume) | Should -BeExactly (& $weights $whole)
    }

    It 'refuses <Name> and names the difference' -ForEach @(
        @{ Name = 'another learning rate'; Change = @{ Alpha = 0.01 }; Message = '*Alpha is 0.001, and now Alpha is 0.01*' }
        @{ Name = 'another network'; Change = @{ Hidden = 13 }; Message = '*network 784-12-10 ReLU, and the one given is 784-13-10 ReLU*' }
        @{ Name = 'another seed'; Change = @{ Seed = 9 }; Message = '*other weights of the same shape*' }
    ) {
        $null = Invoke-Training @settings -CheckpointPath $file
        $other = $settings + @{}
        foreach ($key in $Change.Keys) { $other[$key] = $Change[$key] }
        { Invoke-Training @other -CheckpointPath $file -Resume } | Should -Throw $Message -ErrorId 'CheckpointOfAnotherTraining,*'
    }

    It 'refuses other data' {
        $null = Invoke-Training @settings -CheckpointPath $file
        $other = $settings + @{}
        $other.Data = Import-Mnist -Synthetic -Count 300 -Seed 2
        { Invoke-Training @other -CheckpointPath $file -Resume } | Should -Throw '*other digits of the same number*'
    }

    It 'refuses a damaged checkpoint' {
        $null = Invoke-Training @settings -CheckpointPath $file
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
        [System.IO.File]::WriteAllBytes($file, $bytes)
        { Invoke-Training @settings -CheckpointPath $file -Resume } | Should -Throw '*checksum does not fit*' -ErrorId 'CheckpointDamaged,*'
    }

    It 'does not overwrite a file that is there' {
        Set-Content -LiteralPath $file -Value 'my thesis'
        { Invoke-Training @settings -CheckpointPath $file } | Should -Throw '*is there already*' -ErrorId 'CheckpointExists,*'
        Get-Content -LiteralPath $file | Should -BeExactly 'my thesis'
    }

    It 'needs the path with -Resume' {
        { Invoke-Training @settings -Resume } | Should -Throw -ErrorId 'CheckpointPathMissing,*'
    }

    It 'warns once and trains on when the checkpoint cannot be written' {
        $result = Invoke-Training @settings -CheckpointPath TestDrive:/missing/run.ckpt -CheckpointEvery 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $result.StopReason | Should -Be Completed
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -Match 'checkpoint could not be written'
    }
}

Describe 'Invoke-Training -StreamHistory' {
    It 'sends each row down the pipeline, and the result into a variable' {
        $rows = Invoke-Training @settings -StreamHistory -ResultVariable run
        $rows.Count | Should -Be 6
        $rows[0].ValidationLoss | Should -BeGreaterThan 0
        $run.StopReason | Should -Be Completed
        $run.History.Loss | Should -Be $rows.Loss
    }
}
