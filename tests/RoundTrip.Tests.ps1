#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $types = 'MnistDataset', 'DigitSet', 'Digit', 'Network', 'Layer', 'TrainingResult', 'HistoryRow', 'Prediction',
        'Evaluation', 'ConfusionMatrix', 'ClassMetrics', 'ConfusedPair', 'Matrix', 'ForwardPass', 'Gradient',
        'GradientCheck', 'TraceStep', 'Attribution', 'LearningRateSuggestion', 'LearningRateTrial', 'SweepRun',
        'SweepSummary', 'RecipeDescription'
    $kinds = $types | ForEach-Object { @{ Type = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/Numbers.ps1

    # One object of each type, made here or in a job.
    $make = {
        $data = Import-Mnist -Synthetic -Count 40 -Seed 1
        $run = $data | Invoke-Training -Hidden '6-4' -Iterations 3 -ValidationFraction 0.2 -SnapshotEvery 1
        $digit = $data | Get-Digit -Index 5
        $pass = $digit | Invoke-ForwardPropagation $run
        $evaluation = $data | Measure-Network $run
        $rows = $data | Invoke-TrainingSweep -Alpha 0.1, 0.3 -Seed 1, 2 -Iterations 2
        $found = $data | Find-LearningRate -Steps 20 -BatchSize 10 -WarningAction Ignore
        [ordered]@{
            MnistDataset = $data; DigitSet = $data.Test; Digit = $digit; Network = $run.Network
            Layer = $run.Network.Layers[0]; TrainingResult = $run; HistoryRow = $run.History[1]
            Prediction = $digit | Get-Prediction $run
            Evaluation = $evaluation; ConfusionMatrix = $evaluation.Confusion; ClassMetrics = $evaluation.Classes[3]
            ConfusedPair = $evaluation.MostConfused[0]; Matrix = $run.Network.W1; ForwardPass = $pass
            Gradient = $pass | Invoke-Backpropagation
            GradientCheck = @($data.Test | Test-Gradient $run -Entries 3)[0]
            TraceStep = @($digit | Trace-Prediction $run)[2]
            Attribution = $digit | Get-Attribution $run
            LearningRateSuggestion = $found; LearningRateTrial = $found.Trials[7]; SweepRun = $rows[1]
            SweepSummary = @($rows | Measure-Sweep TrainAccuracy)[0]; RecipeDescription = Get-Recipe Fast98
        }
    }
    $samples = & $make
    $job = Start-Job -ArgumentList $ModulePath, "$PSScriptRoot/Numbers.ps1", "$make" -ScriptBlock {
        param($module, $numbers, $make)
        Import-Module -Name $module
        . $numbers
        $made = & ([scriptblock]::Create($make))
        $texts = @{}
        foreach ($type in $made.Keys) { $texts[$type] = Get-NumberText $made[$type] }
        $texts
        foreach ($type in $made.Keys) { Write-Output -InputObject $made[$type] -NoEnumerate }
    }
    $received = @($job | Receive-Job -Wait -AutoRemoveJob)
    $texts = $received[0]
    $back = @{}
    $i = 1
    foreach ($type in $samples.Keys) { $back[$type] = $received[$i++] }
}

Describe 'A <Type>' -ForEach $kinds {
    It 'is what it says' {
        $samples[$Type].GetType().Name | Should -Be $Type
    }

    It 'comes back from a job with every number, to the bit' {
        $texts[$Type] | Should -Not -BeNullOrEmpty
        Get-NumberText $back[$Type] | Should -BeExactly $texts[$Type]
    }

    It 'comes back from a Clixml file with every number, to the bit' {
        $path = Join-Path -Path $TestDrive -ChildPath "$Type.xml"
        $samples[$Type] | Export-Clixml -Path $path
        Get-NumberText (Import-Clixml -Path $path) | Should -BeExactly (Get-NumberText $samples[$Type])
    }

    It 'has every number of its cells in a CSV' {
        $table = $Type -in 'Matrix', 'ConfusionMatrix' ? $samples[$Type].Rows : $samples[$Type]
        $cells = $table | ConvertTo-Csv | ConvertFrom-Csv
        Get-NumberDifference $samples[$Type] $cells -Cells | Should -BeNullOrEmpty
    }
}

# A set is its summary in JSON: sixty thousand images are not text.
Describe 'A <Type>, in JSON' -ForEach $kinds.Where({ $_.Type -notin 'MnistDataset', 'DigitSet' }) {
    It 'has every number in JSON' {
        $json = $samples[$Type] | ConvertTo-Json -Depth 9 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Get-NumberDifference $samples[$Type] ($json | ConvertFrom-Json) | Should -BeNullOrEmpty
    }
}

Describe 'What was a table or JSON' {
    It 'is a network again' {
        $text = $samples.Network | ConvertTo-Json -Depth 9
        ($text | Import-Network) -eq $samples.Network | Should -BeTrue
        ($text | ConvertFrom-Json | Import-Network) -eq $samples.Network | Should -BeTrue
        $samples.MnistDataset | Measure-Network ($text | ConvertFrom-Json) | ForEach-Object Loss |
            Should -Be ($samples.MnistDataset | Measure-Network $samples.Network).Loss
    }

    It 'is drawn as before: a <Type> from <Form>' -ForEach @(
        foreach ($type in 'Digit', 'Prediction', 'Attribution') {
            foreach ($form in 'CSV', 'JSON', 'Clixml') { @{ Type = $type; Form = $form } }
        }
    ) {
        $again = switch ($Form) {
            'CSV' { $samples[$Type] | ConvertTo-Csv | ConvertFrom-Csv }
            'JSON' { $samples[$Type] | ConvertTo-Json -Depth 4 | ConvertFrom-Json }
            'Clixml' { $samples[$Type] | ConvertTo-CliXml | ConvertFrom-CliXml }
        }
        $again | Show-Digit -Data $samples.MnistDataset -Width 80 |
            Should -Be ($samples[$Type] | Show-Digit -Data $samples.MnistDataset -Width 80)
    }
}
