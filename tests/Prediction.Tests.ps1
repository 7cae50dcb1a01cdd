#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $data = Import-Mnist -Synthetic -Count 400
    $run = $data | Invoke-Training -Alpha 0.5 -Iterations 60
}

Describe 'Get-Prediction' {
    It 'predicts every digit of a set, in order' {
        $predictions = @($data.Train | Get-Prediction -Network $run)
        $predictions.Count | Should -Be 400
        $predictions.Index | Should -Be (0..399)
        $predictions[0] | Should -BeOfType MnistNet.Prediction
        $predictions.Label | Should -Be $data.Train.GetLabels()
    }

    It 'predicts the test set of a dataset' {
        ($data | Get-Prediction -Network $run).Label | Should -Be $data.Test.GetLabels()
    }

    It 'says the same of digits as of their set' {
        $whole = $data.Test | Get-Prediction -Network $run
        $single = $data.Test | Get-Digit | Get-Prediction -Network $run
        $single.Confidence | Should -Be $whole.Confidence
        ($data.Test | Get-Digit -Index 17 | Get-Prediction -Network $run).Confidence | Should -Be $whole[17].Confidence
    }

    It 'agrees with what training measured' {
        $wrong = @($data | Get-Prediction -Network $run | Where-Object { -not $_.IsCorrect })
        ($data.Test.Count - $wrong.Count) / $data.Test.Count | Should -Be $run.TestAccuracy
    }

    It 'takes a network, a result or a file' {
        $run | Export-Network -Path TestDrive:/run.safetensors
        $expected = ($data | Get-Prediction -Network $run).Confidence
        ($data | Get-Prediction -Network $run.Network).Confidence | Should -Be $expected
        ($data | Get-Prediction -Network TestDrive:/run.safetensors).Confidence | Should -Be $expected
        Import-Network TestDrive:/run.safetensors | ForEach-Object { ($data.Test | Get-Digit -First 3 | Get-Prediction -Network $_).Confidence } | Should -Be $expected[0..2]
    }

    It 'needs no labels, and then judges nothing' {
        $nameless = [MnistNet.DigitSet]::new('nameless', [byte[]]::new(784 * 2), $null, 28, 28, $null)
        $predictions = $nameless | Get-Prediction -Network $run
        $predictions.Count | Should -Be 2
        $predictions[0].IsCorrect | Should -BeNullOrEmpty
        $predictions[0].Loss | Should -BeNullOrEmpty
    }

    It 'stops when nobody wants more' {
        @($data | Get-Prediction -Network $run | Select-Object -First 3).Count | Should -Be 3
    }

    It 'reports data of another shape, and goes on with the next' {
        $small = [MnistNet.DigitSet]::new('small', [byte[]]::new(100), $null, 10, 10, $null)
        $predictions = @($small, $data | Get-Prediction -Network $run -ErrorVariable faults -ErrorAction SilentlyContinue)
        $predictions.Count | Should -Be 400
        $faults.FullyQualifiedErrorId | Should -Be 'NetworkDataShapeMismatch,MnistNet.Cmdlets.GetPredictionCommand'
    }

    It 'writes a CSV that reads back' {
        $data | Get-Prediction -Network $run | Where-Object { -not $_.IsCorrect } | Export-Csv -Path TestDrive:/mistakes.csv
        $row = (Import-Csv -Path TestDrive:/mistakes.csv)[0]
        $row.PSObject.Properties.Name | Should -Be (-split 'Index Set Label Predicted Confidence IsCorrect Loss Network Probabilities Source P0 P1 P2 P3 P4 P5 P6 P7 P8 P9')
        $row.IsCorrect | Should -Be False
        $row.Probabilities -split ' ' | Should -HaveCount 10
        [double] $row.Confidence | Should -BeGreaterThan 0.1
    }
}

Describe 'Measure-Network' {
    It 'measures on the test set of a dataset, as training did' {
        $evaluation = $data | Measure-Network -Network $run
        $evaluation | Should -BeOfType MnistNet.Evaluation
        $evaluation.Accuracy | Should -Be $run.TestAccuracy
        $evaluation.Count | Should -Be 400
    }

    It 'counts every digit once in the confusion matrix' {
        $evaluation = $data.Train | Measure-Network -Network $run
        ($evaluation.Confusion.ToArray() | Measure-Object -Sum).Sum | Should -Be 400
        ($evaluation.Classes.Count | Measure-Object -Sum).Sum | Should -Be 10
        $evaluation.Classes[4].Recall | Should -Be ($evaluation.Confusion[4, 4] / 40)
        $evaluation.MostConfused[0].Count | Should -BeGreaterOrEqual $evaluation.MostConfused[1].Count
    }

    It 'needs labels' {
        $nameless = [MnistNet.DigitSet]::new('nameless', [byte[]]::new(784), $null, 28, 28, $null)
        (Get-OnlyError { $nameless | Measure-Network -Network $run }).FullyQualifiedErrorId | Should -BeLike 'LabelsMissing,*'
    }

    It 'writes a row that reads back from a CSV' {
        $data | Measure-Network -Network $run | Export-Csv -Path TestDrive:/evaluation.csv
        $row = Import-Csv -Path TestDrive:/evaluation.csv
        [double] $row.Accuracy | Should -Be $run.TestAccuracy
        $row.PSObject.Properties.Value | Should -Not -Match 'MnistNet\.|System\.'
    }
}
