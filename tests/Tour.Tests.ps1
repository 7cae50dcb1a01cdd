#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $hasMnist = [bool] $env:MNISTNET_DATA
    $whyNot = $hasMnist ? '' : ' (skipped: MNISTNET_DATA names no folder with MNIST)'
}

BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe "The tour on MNIST$whyNot" -Skip:(-not $hasMnist) {
    BeforeAll {
        Push-Location -LiteralPath TestDrive:/
        $mnist = Import-Mnist
        $run = $mnist | Invoke-Training -Alpha 0.1
    }

    AfterAll { Pop-Location }

    It 'trains from 10 % to over 90 %' {
        $run.Iterations | Should -Be 700
        $run.History[0].Accuracy | Should -BeLessThan 0.2
        $run.TestAccuracy | Should -BeGreaterOrEqual 0.905
    }

    It 'writes its history, a row an iteration' {
        $run.History | Export-Csv history.csv
        $rows = Import-Csv history.csv
        $rows.Count | Should -Be 700
        [int[]] $rows.Iteration | Should -Be (1..700)
        [double] $rows[-1].Loss | Should -BeLessThan ([double] $rows[0].Loss)
    }

    It 'measures, and finds the mistakes' {
        $evaluation = $mnist | Measure-Network -Network $run
        $evaluation.Accuracy | Should -Be $run.TestAccuracy
        $mnist | Get-Prediction -Network $run | Where-Object { -not $_.IsCorrect } | Export-Csv mistakes.csv
        (Import-Csv mistakes.csv).Count | Should -Be ($evaluation.Count - $evaluation.Correct)
    }

    It 'saves, loads and predicts' {
        $run | Export-Network ./digits.safetensors
        $predictions = Import-Network ./digits.safetensors | ForEach-Object { $mnist.Test | Get-Digit -First 3 |
            Get-Prediction -Network $_ }
        $predictions.Predicted | Should -Be 7, 2, 1
    }

    It 'compares learning rates' {
        0.01, 0.1, 0.5 | ForEach-Object { $mnist | Invoke-Training -Alpha $_ -Iterations 100 } |
            Select-Object Alpha, TrainAccuracy, TestAccuracy, Seconds | Export-Csv runs.csv
        $rows = Import-Csv runs.csv
        [double[]] $rows.Alpha | Should -Be 0.01, 0.1, 0.5
        [double] $rows[2].TestAccuracy | Should -BeGreaterThan ([double] $rows[0].TestAccuracy)
    }

    It 'trains another network from either side of the pipe' {
        $wide = New-Network -Hidden 64 -Seed 1 | Invoke-Training -Data $mnist -Iterations 20
        $wide.Network.Shape | Should -Be 784-64-10
    }
}
