#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $tables = @(
        @{ Kind = 'MnistDataset'; Columns = 'Name Train Test Size Source'; Make = { $data } }
        @{ Kind = 'DigitSet'; Columns = 'Name Count Size Labels \(how many 0, 1, 2 ... 9\)'; Make = { $data.Train } }
        @{ Kind = 'Digit'; Columns = 'Index Label Size Ink'; Make = { $data | Get-Digit -First 2 } }
        @{ Kind = 'Network'; Columns = 'Shape Activation Initializer Seed Parameters'; Make = { $run.Network } }
        @{ Kind = 'Layer'; Columns = 'Number Inputs Outputs Function Weights Biases'; Make = { $run.Network.Layers } }
        @{ Kind = 'TrainingResult'; Columns = 'Network TrainAccuracy TestAccuracy Loss Seconds StopReason'
        Make = { $run } }
        @{ Kind = 'HistoryRow'; Columns = 'Iteration Loss Accuracy ValidationAccuracy LearningRate Seconds'
        Make = { $run.History } }
        @{ Kind = 'Prediction'; Columns = 'Index Label Predicted Confidence IsCorrect Loss'
        Make = { $data | Get-Prediction -Network $run | Select-Object -First 2 } }
        @{ Kind = 'ClassMetrics'; Columns = 'Digit Count Correct Precision Recall F1'
        Make = { ($data | Measure-Network -Network $run).Classes } }
        @{ Kind = 'ConfusedPair'; Columns = 'Label Predicted Count'
        Make = { ($data | Measure-Network -Network $run).MostConfused } }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $data = Import-Mnist -Synthetic -Count 60
    $run = $data | Invoke-Training -Iterations 3

    function Get-View($InputObject) { , @(($InputObject | Out-String -Width 100) -split '\r?\n').Where({ $_.Trim() }) }
}

Describe 'The view of <Kind>' -ForEach $tables {
    It 'is a table of a few columns that fits 100' {
        $view = Get-View (& $Make)
        $view[0].Trim() -replace ' +', ' ' | Should -Match "^$Columns`$"
        $view | Where-Object Length -gt 100 | Should -BeNullOrEmpty
        $view | Should -Not -Match '…'
    }

    It 'is the same in every culture' {
        $here = Get-View (& $Make)
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::new('de-DE')
            Get-View (& $Make) | ForEach-Object { $_ -replace '\d+\.\d\d$' } | Should -Not -Match '\d,\d{4}'
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }
}

Describe 'The view of an Evaluation' {
    BeforeAll { $view = Get-View ($data | Measure-Network -Network $run) }

    It 'tells accuracy, loss, figures of each digit and what was taken for what, within 80 columns' {
        $view | Where-Object Length -gt 80 | Should -BeNullOrEmpty
        @($view -match '^Network   784-10-10 ReLU [0-9a-f]{8}$').Count | Should -Be 1
        @($view -match '^Accuracy  0\.\d{4}  \(\d+ of 60; 95 % interval').Count | Should -Be 1
        @($view -match '^digit   count  precision  recall      F1').Count | Should -Be 1
        @($view -match '^    [0-9] ').Count | Should -Be 20
        @($view -match '^Most confused: \d→\d \(\d+\)').Count | Should -Be 1
    }

    It 'shows the confusion matrix alone as a table' {
        $table = Get-View ($data | Measure-Network -Network $run).Confusion
        $table[0] | Should -Be 'digit  taken for'
        $table.Count | Should -Be 12
        ($table | ForEach-Object Length | Select-Object -Skip 1 -Unique) | Should -Be 55
    }
}

Describe 'The formatting of numbers' {
    It 'writes <Expected> for <Value>' -ForEach @(
        @{ Value = 0.91225; Method = 'Decimals'; Expected = '0.9123' }
        @{ Value = $null; Method = 'Decimals'; Expected = '' }
        @{ Value = [double]::NaN; Method = 'Decimals'; Expected = 'NaN' }
        @{ Value = 999.5; Method = 'Decimals'; Expected = '999.5000' }
        @{ Value = 1.6823e27; Method = 'Decimals'; Expected = '1.7E+27' }
        @{ Value = [double]::PositiveInfinity; Method = 'Decimals'; Expected = 'Infinity' }
        @{ Value = 12.345; Method = 'Seconds'; Expected = '12.35' }
        @{ Value = 0.00012345; Method = 'Significant'; Expected = '0.0001234' }
        @{ Value = 60000; Method = 'Count'; Expected = '60,000' }
    ) {
        [MnistNet.Cmdlets.ViewText]::$Method($Value) | Should -BeExactly $Expected
    }
}

Describe 'The symbols of a network' {
    It 'are completed and listed' {
        $global:symbols = New-Network -Hidden 12, 7
        try { (TabExpansion2 -inputScript '$symbols.W' -cursorColumn 10).CompletionMatches.CompletionText |
            Should -Be W1, W2, W3 }
        finally { Remove-Variable -Name symbols -Scope Global }
        (New-Network | Get-Member -Name 'b*' -MemberType Property).Name | Should -Be b1, b2
    }
}
