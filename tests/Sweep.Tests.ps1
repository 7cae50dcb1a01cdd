#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1

    $digits = Import-Mnist -Synthetic -Count 300 -Seed 1
    $grid = @{ Alpha = 0.05, 0.2; Hidden = 10, '12-8'; Seed = 1..2; Iterations = 20 }
    $bits = { param($rows) $rows | Sort-Object -Property Hidden, Alpha, Seed |
        ForEach-Object { "$($_.Hidden) $($_.Alpha) $($_.Seed) $($_.NetworkFingerprint) $($_.TestAccuracy)" } }
}

Describe 'Invoke-TrainingSweep' {
    BeforeAll {
        $rows = $digits | Invoke-TrainingSweep @grid
    }

    It 'gives a row for each combination' {
        $rows.Count | Should -Be 8
        $rows | ForEach-Object { "$($_.Hidden) $($_.Alpha) $($_.Seed)" } | Sort-Object -Unique | Should -HaveCount 8
        $rows.Error | Should -Be (, '' * 8)
    }

    It 'gives what Invoke-Training gives with the same settings' {
        $row = $rows.Where({ $_.Hidden -eq '12-8' -and $_.Alpha -eq 0.2 -and $_.Seed -eq 2 })
        $run = $digits | Invoke-Training -Hidden 12, 8 -Alpha 0.2 -Seed 2 -Iterations 20
        $row.TestAccuracy | Should -Be $run.TestAccuracy
        $row.Loss | Should -Be $run.Loss
        $row.StopReason | Should -Be $run.StopReason
    }

    It 'does not depend on how many run at once, or with how many threads' {
        & $bits ($digits | Invoke-TrainingSweep @grid -ThrottleLimit 1 -Threads 2) | Should -Be (& $bits $rows)
        & $bits ($digits | Invoke-TrainingSweep @grid -ThrottleLimit 8) | Should -Be (& $bits $rows)
    }

    It 'is a flat table for Export-Csv that Measure-Sweep reads again' {
        $rows | Export-Csv -LiteralPath TestDrive:/rows.csv
        $read = Import-Csv -LiteralPath TestDrive:/rows.csv
        $read[0].PSObject.Properties.Value | Should -Not -Match '^System\.|^MnistNet\.'
        ($read | Measure-Sweep).Mean | Should -Be ($rows | Measure-Sweep).Mean
    }

    It 'gives a run that fails as a row, and goes on' {
        $rows = $digits | Invoke-TrainingSweep -BatchSize 1000, 100 -Epochs 1
        $rows.Count | Should -Be 2
        $rows.Where({ $_.BatchSize -eq 1000 }).Error | Should -Match 'batch of 1,000 was asked for'
        $rows.Where({ $_.BatchSize -eq 100 }).TestAccuracy | Should -BeGreaterThan 0
    }

    It 'stops when nobody asks for more rows' {
        $digits | Invoke-TrainingSweep -Seed (1..500) -Iterations 500 | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'draws random settings from ranges' {
        $drawn = $digits | Invoke-TrainingSweep -Alpha 0.01, 1 -Hidden 5, 20 -Random 6 -RandomSeed 1 -Iterations 2
        $drawn.Count | Should -Be 6
        $drawn.Alpha | ForEach-Object { $_ | Should -BeGreaterOrEqual 0.01; $_ | Should -BeLessOrEqual 1 }
        @($drawn.Hidden | Sort-Object -Unique).Count | Should -BeGreaterThan 2
    }

    It 'cuts the grid into shards whose rows together are the grid' {
        $shards = 1..3 | ForEach-Object { $digits | Invoke-TrainingSweep @grid -Index $_ -Of 3 }
        & $bits $shards | Should -Be (& $bits $rows)
    }
}

Describe 'Invoke-TrainingSweep -ResultPath' {
    BeforeEach {
        $file = Join-Path -Path (Get-Item -LiteralPath TestDrive:/).FullName -ChildPath "runs-$([guid]::NewGuid()).csv"
    }

    It 'keeps each row, and does not do again what is there' {
        $first = $digits | Invoke-TrainingSweep @grid -ResultPath $file | Select-Object -First 3
        @(Import-Csv -LiteralPath $file).Count | Should -BeGreaterOrEqual 2
        $all = $digits | Invoke-TrainingSweep @grid -ResultPath $file
        & $bits $all | Should -Be (& $bits ($digits | Invoke-TrainingSweep @grid))
        $kept = (Get-Item -LiteralPath $file).LastWriteTimeUtc
        $again = $digits | Invoke-TrainingSweep @grid -ResultPath $file
        & $bits $again | Should -Be (& $bits $all)
        (Get-Item -LiteralPath $file).LastWriteTimeUtc | Should -Be $kept
        @(Import-Csv -LiteralPath $file).Count | Should -Be 8
        $first | Should -HaveCount 3
    }

    It 'refuses the file of another sweep and leaves it as it is' {
        $null = $digits | Invoke-TrainingSweep -Alpha 0.3 -Iterations 2 -ResultPath $file
        $before = Get-Content -LiteralPath $file -Raw
        { $digits | Invoke-TrainingSweep -Alpha 0.4 -Iterations 2 -ResultPath $file } |
            Should -Throw '*not in this sweep, the first with*Alpha 0.3*' -ErrorId 'ResultFileOfAnotherSweep,*'
        { Import-Mnist -Synthetic -Count 200 | Invoke-TrainingSweep -Alpha 0.3 -Iterations 2 -ResultPath $file } |
            Should -Throw '*holds runs on other data*'
        Get-Content -LiteralPath $file -Raw | Should -BeExactly $before
    }

    It 'refuses a file of something else' {
        Set-Content -LiteralPath $file -Value 'my thesis'
        { $digits | Invoke-TrainingSweep -Iterations 2 -ResultPath $file } |
            Should -Throw -ErrorId 'ResultFileInvalid,*'
        Get-Content -LiteralPath $file | Should -BeExactly 'my thesis'
    }

    It 'loses no row when the disk is full (a small one, which Linux can mount)' -Skip:(-not $IsLinux) {
        $disk = (New-Item -ItemType Directory -Path TestDrive:/disk).FullName
        $null = mount -t tmpfs -o size=8k none $disk 2>&1
        if ($LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because 'a small disk could not be mounted'
            return
        }
        try {
            $rows = [System.Collections.Generic.List[object]]::new()
            { $digits | Invoke-TrainingSweep -Seed (1..60) -Iterations 1 -ResultPath $disk/runs.csv |
                ForEach-Object { $rows.Add($_) } } | Should -Throw '*row could not be appended*'
            $kept = @(Import-Csv -LiteralPath $disk/runs.csv)
            $kept.Count | Should -BeIn (10..59)
            $rows.Count | Should -BeGreaterThan $kept.Count
            $kept.NetworkFingerprint | Should -BeIn $rows.NetworkFingerprint

            $null = mount -o remount,size=64k $disk
            $all = $digits | Invoke-TrainingSweep -Seed (1..60) -Iterations 1 -ResultPath $disk/runs.csv
            $all.Count | Should -Be 60
            @(Import-Csv -LiteralPath $disk/runs.csv).Count | Should -Be 60
        }
        finally {
            umount $disk
        }
    }
}

Describe 'Invoke-TrainingSweep, given something wrong' {
    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an empty grid'; Parameters = @{ Alpha = @() }; Id = 'EmptyGrid'; Message = '*the grid is empty*' }
        @{ Name = 'a grid of a million runs'; Parameters = @{ Iterations = 1..1000; Seed = 1..1000 }
        Id = 'SweepTooLarge'; Message = '*1,000,000 runs, which would take about*' }
        @{ Name = 'what is not a setting of training'; Parameters = @{ Speed = 3 }; Id = 'NamedParameterNotFound'
        Message = "*'Speed'*" }
        @{ Name = 'a learning rate of 0'; Parameters = @{ Alpha = 0.1, 0 }; Id = 'ParameterArgumentValidationError'
        Message = '*0 was given*' }
        @{ Name = 'a shape that is none'; Parameters = @{ Hidden = 'wide' }; Id = 'InvalidSetting'
        Message = "*'wide' is not a shape*" }
        @{ Name = 'a shard that is not there'; Parameters = @{ Index = 4; Of = 3 }; Id = 'InvalidSetting'
        Message = '*Shard 4 of 3*' }
    ) {
        { $digits | Invoke-TrainingSweep @Parameters } | Should -Throw $Message -ErrorId "$Id,*"
    }

    It 'begins a very large sweep with -Force' {
        $digits | Invoke-TrainingSweep -Seed (1..1001) -Iterations 1 -Force | Select-Object -First 2 |
            Should -HaveCount 2
    }
}

Describe 'Measure-Sweep' {
    It 'gives mean, deviation, interval and best for each setting, the best first' {
        $summary = $digits | Invoke-TrainingSweep @grid | Measure-Sweep
        $summary.Count | Should -Be 4
        $summary.Runs | Should -Be (2, 2, 2, 2)
        $summary.Mean | Should -Be ($summary.Mean | Sort-Object -Descending)
        $summary[0].Alpha | Should -BeIn $grid.Alpha
        $summary[0].IntervalLow | Should -BeLessThan $summary[0].IntervalHigh
        $summary[0].Setting | Should -Match '^Hidden \S+, Alpha \S+$'
    }

    It 'refuses what is not a row of a sweep' {
        { [pscustomobject]@{ Name = 'x' } | Measure-Sweep -ErrorAction Stop } | Should -Throw -ErrorId 'NotASweepRow,*'
    }
}

Describe 'A sweep of version 0.1, exported as CSV' {
    BeforeAll {
        $old = Import-Csv -LiteralPath $PSScriptRoot/compatibility/0.1/sweep-exported.csv
    }

    It 'is summed up' {
        $summary = $old | Measure-Sweep
        $summary.Setting | Should -BeExactly 'Hidden none, Alpha 0.5', 'Hidden none, Alpha 0.1',
            'Hidden 4-3, Alpha 0.5', 'Hidden 4-3, Alpha 0.1'
        $summary[0].Mean | Should -Be 0.45
    }

    It 'is trained again, with no hidden layer where a row had none' {
        $runs = $old | Invoke-Training -Data $digits
        $shapes = $old | ForEach-Object { $_.Hidden ? '784-4-3-10' : '784-10' }
        $runs.Network.Shape | Should -BeExactly $shapes
        $runs.Alpha | Should -Be $old.Alpha
    }
}

Describe 'Find-LearningRate' {
    It 'suggests one learning rate between the ends' {
        $trials = $digits | Find-LearningRate -Steps 60 -BatchSize 32 -Detailed
        $trials.Count | Should -BeGreaterThan 10
        $trials.Alpha | Should -Be ($trials.Alpha | Sort-Object)
        @($trials.Where({ $_.IsSuggested })).Count | Should -Be 1
        $trials.Where({ $_.IsSuggested }).Alpha | ForEach-Object { $_ | Should -BeGreaterThan 0.001
        $_ | Should -BeLessThan 10 }
    }

    It 'refuses a range that does not grow' {
        { $digits | Find-LearningRate -Minimum 1 -Maximum 0.1 } | Should -Throw '*grows from a positive number*'
    }
}

Describe 'The examples of studies' {
    BeforeAll {
        $examples = Join-Path -Path (Split-Path -Path $ModulePath) -ChildPath module/examples
        $small = Import-Mnist -Synthetic -Count 400 -Seed 1
    }

    It 'finds a learning rate' {
        $summary = & $examples/Learning-Rate-Study.ps1 -Data $small -Hidden 8 -Epochs 1 -Seed 1, 2
        $summary.Count | Should -Be 5
        $summary.Alpha | Should -BeOfType double
    }

    It 'draws error bars for each width' {
        $lines = & $examples/Width-Study.ps1 -Data $small -Width 4, 16 -Epochs 1 -Seed (1..3)
        $lines.Count | Should -Be 2
        $lines | Should -Match '^ +\d+  0\.\d{4} \(0\.\d{4}–[01]\.\d{4}\)  .*●'
    }

    It 'sweeps overnight, and goes on after an interruption' {
        $file = Join-Path -Path (Get-Item -LiteralPath TestDrive:/).FullName -ChildPath overnight.csv
        $small | Invoke-TrainingSweep -Hidden 4 -Optimizer Adam, AdamW -Alpha 0.0005, 0.001,
            0.002 -BatchSize 128 -Epochs 2 -ValidationFraction 0.1 -Patience 3 -Seed 1 -ResultPath $file |
                Select-Object -First 2
        $begun = @(Import-Csv -LiteralPath $file).Count
        $best = & $examples/Overnight-Sweep.ps1 -ResultPath $file -Data $small -Hidden 4 -Epochs 2 -Seed 1, 2
        @(Import-Csv -LiteralPath $file).Count | Should -Be 12
        $begun | Should -BeGreaterThan 0
        $best.Count | Should -Be 3
        $best[0].Metric | Should -Be ValidationAccuracy
    }
}
