#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $badSettings = @(
        @{ Arguments = @{ Alpha = 0 }; Tells = "'Alpha'. 0 was given; a number of at least 1E-30 and at most 1E+30 is needed" }
        @{ Arguments = @{ Alpha = -0.1 }; Tells = "'Alpha'. -0.1 was given" }
        @{ Arguments = @{ Alpha = [double]::NaN }; Tells = "'Alpha'. NaN was given" }
        @{ Arguments = @{ Alpha = [double]::PositiveInfinity }; Tells = "'Alpha'. Infinity was given" }
        @{ Arguments = @{ Iterations = 0 }; Tells = "'Iterations'. 0 was given; a whole number of at least 1 is needed" }
        @{ Arguments = @{ Hidden = 0 }; Tells = "'Hidden'. 0 was given; a whole number of at least 1 and at most 16,384 is needed" }
        @{ Arguments = @{ Hidden = 10, -3 }; Tells = "'Hidden'. -3 was given" }
        @{ Arguments = @{ BatchSize = 0; Epochs = 1 }; Tells = "'BatchSize'. 0 was given" }
        @{ Arguments = @{ Threads = 0 }; Tells = "'Threads'. 0 was given" }
        @{ Arguments = @{ MaxSeconds = [double]::NaN }; Tells = "'MaxSeconds'. NaN was given" }
        @{ Arguments = @{ Threads = 10000 }; Tells = "'Threads'. 10000 was given; a whole number of at least 1 and at most 256 is needed" }
        @{ Arguments = @{ TargetAccuracy = 1.5 }; Tells = "'TargetAccuracy'. 1.5 was given; a number above 0 and at most 1 is needed" }
        @{ Arguments = @{ ValidationFraction = 1 }; Tells = "'ValidationFraction'. 1 was given; a number of at least 0 and below 1 is needed" }
        @{ Arguments = @{ Optimizer = 'Sgdd' }; Tells = 'GradientDescent' }
        @{ Arguments = @{ Momentum = 0.5 }; Tells = 'Momentum and Nesterov' }
        @{ Arguments = @{ Beta1 = 0.5; Optimizer = 'Momentum' }; Tells = 'Adam and AdamW' }
        @{ Arguments = @{ Beta2 = 0.5 }; Tells = 'Adam and AdamW' }
    )

    $contradictions = @(
        @{ Arguments = @{ BatchSize = 10; Epochs = 1; Iterations = 1 }; Id = 'EpochsAndIterations' }
        @{ Arguments = @{ Epochs = 1 }; Id = 'EpochsWithoutBatchSize' }
        @{ Arguments = @{ BatchSize = 1000; Epochs = 1 }; Id = 'BatchLargerThanData' }
        @{ Arguments = @{ Patience = 2 }; Id = 'PatienceWithoutValidation' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $data = Import-Mnist -Synthetic -Count 300

    function Get-Parameters($Network) { ($Network ?? $_).Parameters | ForEach-Object { $m = $_; foreach ($r in 0..($m.RowCount - 1)) { $m[$r, 0] } } }
}

Describe 'Invoke-Training' {
    It 'trains a new 784-10-10 network with the defaults of its help' {
        $run = $data | Invoke-Training -Iterations 3
        $run | Should -BeOfType MnistNet.TrainingResult
        $run.Network.Shape | Should -Be 784-10-10
        $run.Alpha | Should -Be 0.1
        $run.StopReason | Should -Be Completed
        $run.History.Count | Should -Be 3
        $run.Seed | Should -Be 0
    }

    It 'runs 700 iterations when nothing else is said' {
        ($data.Train | Get-Digit -First 20 | Invoke-Training).Iterations | Should -Be 700
    }

    It 'tests a dataset once on Test, and a set not at all' {
        ($data | Invoke-Training -Iterations 2).TestAccuracy | Should -BeOfType double
        ($data.Train | Invoke-Training -Iterations 2).TestAccuracy | Should -BeNullOrEmpty
    }

    It 'learns' {
        $run = $data | Invoke-Training -Alpha 0.5 -Iterations 150
        $run.TrainAccuracy | Should -BeGreaterThan 0.6
        $run.History[-1].Loss | Should -BeLessThan $run.History[0].Loss
    }

    It 'gives the same bits for the same command, and others for another seed' {
        $first = ($data | Invoke-Training -Iterations 5).Network
        Get-Parameters ($data | Invoke-Training -Iterations 5).Network | Should -Be (Get-Parameters $first)
        Get-Parameters ($data | Invoke-Training -Iterations 5 -Threads 1).Network | Should -Be (Get-Parameters $first)
        Get-Parameters ($data | Invoke-Training -Iterations 5 -Seed 1).Network | Should -Not -Be (Get-Parameters $first)
    }

    It 'takes the network or the data from the pipeline' {
        $network = New-Network -Hidden 7 -Seed 1
        ($network | Invoke-Training -Data $data -Iterations 2).Network.Shape | Should -Be 784-7-10
        ($data | Invoke-Training -Network $network -Iterations 2).Network.Shape | Should -Be 784-7-10
        (Invoke-Training -Network $network -Data $data.Train -Iterations 2).Network.Shape | Should -Be 784-7-10
    }

    It 'goes on from a result as one longer run would' {
        $half = $data | Invoke-Training -Iterations 5
        $whole = $data | Invoke-Training -Iterations 10
        $rest = $half | Invoke-Training -Data $data -Iterations 5
        Get-Parameters $rest.Network | Should -Be (Get-Parameters $whole.Network)
    }

    It 'takes a network from a file' {
        New-Network -Hidden 5 | Export-Network -Path TestDrive:/five.safetensors
        ($data | Invoke-Training -Network TestDrive:/five.safetensors -Iterations 1).Network.Shape | Should -Be 784-5-10
        (Get-Item TestDrive:/five.safetensors | Invoke-Training -Data $data -Iterations 1).Network.Shape | Should -Be 784-5-10
    }

    It 'leaves the network it was given as it was' {
        $network = New-Network
        $before = Get-Parameters $network
        $null = $network | Invoke-Training -Data $data -Iterations 5
        Get-Parameters $network | Should -Be $before
    }

    It 'gathers digits from the pipeline into one training' {
        $runs = @($data.Train | Get-Digit -First 40 | Invoke-Training -Iterations 1)
        $runs.Count | Should -Be 1
        $digits = $data.Train | Get-Digit -First 40
        (Invoke-Training -Data $digits -Iterations 1).Loss | Should -Be $runs[0].Loss
    }

    It 'trains once for each set, and each network' {
        @($data, $data.Test | Invoke-Training -Iterations 1).Count | Should -Be 2
        @((New-Network), (New-Network -Seed 1) | Invoke-Training -Data $data -Iterations 1).Count | Should -Be 2
    }

    It 'trains in batches for epochs, with each optimiser' {
        foreach ($optimizer in [enum]::GetNames([MnistNet.Optimizer])) {
            $run = $data | Invoke-Training -BatchSize 50 -Epochs 2 -Optimizer $optimizer
            $run.Iterations | Should -Be 12
            $run.Settings.Optimizer | Should -Be $optimizer
        }
    }

    It 'hands every setting on to the engine' {
        $run = $data | Invoke-Training -Alpha 0.01 -BatchSize 30 -Epochs 2 -Optimizer AdamW -Beta1 0.8 -Beta2 0.99 -Schedule Cosine -WarmUp 0.1 -WeightDecay 0.01 -LabelSmoothing 0.05 -ValidationFraction 0.2 -Patience 9 -MinimumDelta 0.001 -TargetAccuracy 0.999 -MaxSeconds 60 -Threads 1 -Seed 5
        $settings = $run.Settings
        $settings.Alpha, $settings.BatchSize, $settings.Epochs, $settings.Beta1, $settings.Beta2 | Should -Be 0.01, 30, 2, 0.8, 0.99
        $settings.Optimizer, $settings.Schedule | Should -Be AdamW, Cosine
        $settings.WarmUp, $settings.WeightDecay, $settings.LabelSmoothing | Should -Be 0.1, 0.01, 0.05
        $settings.ValidationFraction, $settings.Patience, $settings.MinimumDelta | Should -Be 0.2, 9, 0.001
        $settings.TargetAccuracy, $settings.MaxSeconds, $settings.Threads, $settings.Seed | Should -Be 0.999, 60, 1, 5
        ($data | Invoke-Training -Iterations 1 -Optimizer Momentum -Momentum 0.7).Settings.Momentum | Should -Be 0.7
    }

    It 'stops at a target and at a time' {
        ($data | Invoke-Training -TargetAccuracy 0.12 -Iterations 500).StopReason | Should -Be TargetReached
        ($data | Invoke-Training -MaxSeconds 0.05 -Iterations 10000000).StopReason | Should -Be TimeLimit
    }

    It 'says with -Verbose what was decided' {
        $told = $data | Invoke-Training -Iterations 2 -Seed 4 -Hidden 6 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Out-String
        $told | Should -Match '784-6-10 ReLU.*He, seed 4'
        $told | Should -Match 'synthetic digits train \(300 digits, 28×28\)'
        $told | Should -Match 'learning rate 0\.1, 2 iterations, full batch, seed 4, \d+ threads?'
    }

    It 'explains a divergence, and keeps the last finite network' {
        $run = $data | Invoke-Training -Alpha 1e30 -Iterations 50 -WarningVariable warnings -WarningAction SilentlyContinue
        $run.StopReason | Should -Be Diverged
        "$warnings" | Should -Match 'smaller -Alpha, such as 0\.1'
        Get-Parameters $run.Network | ForEach-Object { [double]::IsFinite($_) | Should -BeTrue }
    }
}

Describe 'Invoke-Training with a recipe' {
    BeforeAll { $few = Import-Mnist -Synthetic -Count 300 }

    It 'takes network and settings from the recipe' {
        $run = $few | Invoke-Training -Recipe Fast98 -WarningAction Ignore
        $run.Network.Shape | Should -Be '784-256-10'
        $run.Settings.Optimizer | Should -Be 'Adam'
        $run.Settings.Schedule | Should -Be 'OneCycle'
        $run.History.Count | Should -Be 3
    }

    It 'lets whatever else is given take precedence' {
        $run = $few | Invoke-Training -Recipe Fast98 -Hidden 12 -Alpha 0.02 -BatchSize 50 -Epochs 2 -WarningAction Ignore
        $run.Network.Shape | Should -Be '784-12-10'
        $run.Alpha | Should -Be 0.02
        $run.Iterations | Should -Be 12
        $run.Settings.LabelSmoothing | Should -Be 0.05
    }

    It 'counts iterations instead of epochs when these are given' {
        ($few | Invoke-Training -Recipe Fast98 -BatchSize 50 -Iterations 4 -WarningAction Ignore).Iterations | Should -Be 4
    }

    It 'is the classic run without a recipe' {
        $recipe = $few | Invoke-Training -Recipe Classic -WarningAction Ignore
        $plain = $few | Invoke-Training -WarningAction Ignore
        $recipe.Loss | Should -Be $plain.Loss
        $recipe.Iterations | Should -Be 700
    }
}

Describe 'Invoke-Training with settings that cannot be meant' {
    It 'refuses <Arguments.Keys> <Arguments.Values> before any work' -ForEach $badSettings {
        $script:started = $false
        $command = { & { $script:started = $true; $data } | Invoke-Training @Arguments }
        $fault = Get-OnlyError $command
        "$fault" | Should -Match ([regex]::Escape($Tells))
        $fault.FullyQualifiedErrorId | Should -Match 'InvokeTrainingCommand$'
        $script:started | Should -BeFalse -Because 'the pipeline must not have begun'
    }

    It 'refuses what contradicts itself: <Id>' -ForEach $contradictions {
        $fault = Get-OnlyError { $data | Invoke-Training @Arguments }
        $fault.FullyQualifiedErrorId | Should -Be "$Id,MnistNet.Cmdlets.InvokeTrainingCommand"
        $fault.CategoryInfo.Category | Should -Be InvalidArgument
    }

    It 'refuses the shape of a new network beside a network' {
        (Get-OnlyError { $data | Invoke-Training -Network (New-Network) -Hidden 20 }).FullyQualifiedErrorId | Should -BeLike 'SettingOfANewNetwork,*'
    }

    It 'refuses a network of another shape than the data, naming both' {
        $other = [MnistNet.Network]::Create([int[]] 10, 'ReLU', 'He', 0, 100)
        $fault = Get-OnlyError { $other | Invoke-Training -Data $data }
        $fault.FullyQualifiedErrorId | Should -BeLike 'NetworkDataShapeMismatch,*'
        "$fault" | Should -Match '100-10-10.*28×28 = 784'
    }

    It 'reports data without labels, and goes on with the next' {
        $unlabeled = [MnistNet.DigitSet]::new('nameless', [byte[]]::new(784), $null, 28, 28, $null)
        $runs = @($unlabeled, $data | Invoke-Training -Iterations 1 -ErrorVariable faults -ErrorAction SilentlyContinue)
        $runs.Count | Should -Be 1
        $faults.FullyQualifiedErrorId | Should -BeLike 'LabelsMissing,*'
    }

    It 'refuses what is neither network nor digits' {
        { 5 | Invoke-Training -Data $data -ErrorAction Stop } | Should -Throw '*cannot be bound*'
        { Invoke-Training -Network 5 -Data $data } | Should -Throw '*A network is needed*Int32*'
        { Invoke-Training -Network ./nowhere.safetensors -Data $data } | Should -Throw '*nowhere.safetensors*'
    }
}

Describe 'Invoke-Training in PowerShell' {
    BeforeEach {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module -Name '$ModulePath'; `$data = Import-Mnist -Synthetic -Count 300").Invoke()
        $shell.Commands.Clear()
    }

    AfterEach { $shell.Dispose() }

    It 'keeps what was learned in $InterruptedTraining when it is stopped' {
        $waiting = $shell.AddScript('$data | Invoke-Training -Iterations 100000000').BeginInvoke()
        while ($shell.Streams.Progress.Count -eq 0 -and -not $waiting.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $kept = $shell.Runspace.SessionStateProxy.GetVariable('InterruptedTraining')
        $kept | Should -BeOfType MnistNet.TrainingResult
        $kept.StopReason | Should -Be Cancelled
        $kept.Iterations | Should -BeGreaterThan 0
        $kept.Network.Shape | Should -Be 784-10-10
    }

    It 'shows loss, accuracy and time left at most ten times a second, and takes the bar away' {
        $run = $shell.AddScript('$data | Invoke-Training -MaxSeconds 1 -Iterations 100000000').Invoke()[0]
        $progress = @($shell.Streams.Progress | Where-Object Activity -like 'Training*')
        $progress.Count | Should -BeGreaterThan 2
        $progress.Count | Should -BeLessOrEqual 16
        $progress[0].StatusDescription | Should -Match '^iteration [\d,]+/100,000,000, loss \d\.\d{4}, accuracy \d+\.\d %$'
        $progress[0].SecondsRemaining | Should -BeIn 0, 1
        $progress[-1].RecordType | Should -Be Completed
        $run.StopReason | Should -Be TimeLimit
    }

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
