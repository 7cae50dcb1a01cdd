#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1

    $digits = Import-Mnist -Synthetic -Count 300 -Seed 1
    $settings = @{ Data = $digits; Hidden = 12; BatchSize = 50; Epochs = 6; Optimizer = 'Adam'
    ValidationFraction = 0.1; Patience = 5 }
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

    It 'goes on in another process after it was killed' {
        $whole = Invoke-Training @settings
        $code = @"
Import-Module '$ModulePath'
Import-Mnist -Synthetic -Count 300 -Seed 1 |
    Invoke-Training -Hidden 12 -BatchSize 50 -Epochs 6 -Optimizer Adam -ValidationFraction 0.1 -Patience 5 ``
        -CheckpointPath '$file' -CheckpointEvery 1 -StreamHistory |
    ForEach-Object { if (`$_.Epoch -eq 3) { [System.Environment]::FailFast('killed by the test') } }
"@
        $null = Invoke-FreshShell $code
        $file | Should -Exist
        & $weights (Invoke-Training @settings -CheckpointPath $file -Resume) | Should -BeExactly (& $weights $whole)
    }
}
