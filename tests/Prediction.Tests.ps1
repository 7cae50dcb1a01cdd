#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $data = Import-Mnist -Synthetic -Count 400
    $run = $data | Invoke-Training -Alpha 0.5 -Iterations 60
}

Describe 'Get-Prediction' {
    It 'stops when nobody wants more' {
        @($data | Get-Prediction -Network $run | Select-Object -First 3).Count | Should -Be 3
    }

    It 'writes a CSV that reads back' {
        $data | Get-Prediction -Network $run | Where-Object { -not $_.IsCorrect } |
            Export-Csv -Path TestDrive:/mistakes.csv
        $row = (Import-Csv -Path TestDrive:/mistakes.csv)[0]
        $row.PSObject.Properties.Name | Should -Be (
            -split ('Index Set Label Predicted Confidence IsCorrect Loss Network Probabilities Source ' +
                'P0 P1 P2 P3 P4 P5 P6 P7 P8 P9'))
        $row.IsCorrect | Should -Be False
        $row.Probabilities -split ' ' | Should -HaveCount 10
        [double] $row.Confidence | Should -BeGreaterThan 0.1
    }
}

Describe 'Measure-Network' {
    It 'writes a row that reads back from a CSV' {
        $data | Measure-Network -Network $run | Export-Csv -Path TestDrive:/evaluation.csv
        $row = Import-Csv -Path TestDrive:/evaluation.csv
        [double] $row.Accuracy | Should -Be $run.TestAccuracy
        $row.PSObject.Properties.Value | Should -Not -Match 'MnistNet\.|System\.'
    }
}
