#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $data = Import-Mnist -Synthetic -Count 300

    function Get-Parameters($Network) { ($Network ?? $_).Parameters | ForEach-Object { $m = $_
    foreach ($r in 0..($m.RowCount - 1)) { $m[$r, 0] } } }
}

Describe 'Invoke-Training in PowerShell' {
    It 'works in parallel and in thread jobs, to the same bits' {
        $here = Get-Parameters ($data | Invoke-Training -Iterations 5).Network
        $results = 1..3 | ForEach-Object -Parallel {
            Import-Module -Name $using:ModulePath
            $using:data | Invoke-Training -Iterations 5
        }
        $results.Count | Should -Be 3
        foreach ($result in $results) { Get-Parameters $result.Network | Should -Be $here }

        $job = Start-ThreadJob { Import-Module -Name $using:ModulePath; $using:data | Invoke-Training -Iterations 5 }
        Get-Parameters ($job | Receive-Job -Wait -AutoRemoveJob).Network | Should -Be $here
    }

    It 'heeds -OutVariable and Select-Object -First' {
        $null = $data | Invoke-Training -Iterations 1 -OutVariable kept
        $kept[0] | Should -BeOfType MnistNet.TrainingResult
        @($data, $data, $data | Invoke-Training -Iterations 1 | Select-Object -First 1).Count | Should -Be 1
    }

    It 'writes rows that read back from a CSV' {
        $runs = 0.1, 0.5 | ForEach-Object { $data | Invoke-Training -Alpha $_ -Iterations 2 }
        $runs | Select-Object Alpha, TrainAccuracy, TestAccuracy, Seconds | Export-Csv -Path TestDrive:/runs.csv
        $read = Import-Csv -Path TestDrive:/runs.csv
        [double[]] $read.Alpha | Should -Be 0.1, 0.5
        [double[]] $read.TestAccuracy | Should -Be $runs.TestAccuracy

        $runs[0].History | Export-Csv -Path TestDrive:/history.csv
        $rows = Import-Csv -Path TestDrive:/history.csv
        [double[]] $rows.Loss | Should -Be $runs[0].History.Loss
        [int[]] $rows.Iteration | Should -Be 1, 2

        $runs | Export-Csv -Path TestDrive:/whole.csv
        $row = (Import-Csv -Path TestDrive:/whole.csv)[0]
        $row.Network | Should -Be '784-10-10 ReLU'
        $row.Settings | Should -Be 'GradientDescent, alpha 0.1, 2 iterations, full batch'
        $row.History | Should -BeLike 'iteration 1: loss*; iteration 2: loss*'
        $row.PSObject.Properties.Value | Should -Not -Match 'MnistNet\.|System\.'
    }
}
