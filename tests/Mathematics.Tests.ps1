#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $hasMnist = $env:MNISTNET_DATA -and (Test-Path -LiteralPath $env:MNISTNET_DATA)
    $whyNoMnist = $hasMnist ?
        '' : ' (skipped: MNISTNET_DATA names no folder, and the numbers are those of the real MNIST)'

    # The lesson as steps: a piece of code, and what the page says it prints.
    $page = Get-Content -LiteralPath "$PSScriptRoot/../docs/mathematics.md" -Raw
    $steps = foreach ($match in [regex]::Matches($page, '(?s)```powershell\n(.*?)```\n(?:\n```text\n(.*?)```\n)?')) {
        @{
            Code = $match.Groups[1].Value; Claim = $match.Groups[2].Value
            First = $match.Groups[1].Value.Split("`n")[0]; Why = $whyNoMnist
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $hasMnist = $env:MNISTNET_DATA -and (Test-Path -LiteralPath $env:MNISTNET_DATA)
    $mnist = $hasMnist ? (Import-Mnist -Count 1000) : (Import-Mnist -Synthetic -Count 1000 -Seed 1)
    $digits = $mnist.Train | Get-Digit -First 1000
    $few = $digits[0..19]
    $net = New-Network -Seed 1

    function Get-Fault([scriptblock] $Code) {
        try { & $Code } catch { return $_ }
        throw 'No error was raised.'
    }
}

Describe 'The lesson' {
    BeforeAll {
        # One shell for the whole lesson: each step uses the variables of the ones before it.
        $shell = [powershell]::Create()
        $null = $shell.AddScript("[cultureinfo]::CurrentCulture = ''; Import-Module '$ModulePath'").Invoke()
        $null = $shell.AddScript("`$PSStyle.OutputRendering = 'PlainText'; `$ErrorActionPreference = 'Stop'").Invoke()
    }

    It 'prints what it claims: <First><Why>' -ForEach $steps -Skip:(-not $hasMnist) {
        $shell.Commands.Clear()
        $text = -join $shell.AddScript(". { $Code } | Out-String -Width 80").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        if ($Claim) {
            $printed = ($text -split "\r?\n").TrimEnd() -join "`n" -replace "\n{3,}", "`n`n"
            $printed.Trim("`n") | Should -BeExactly $Claim.TrimEnd()
        }
    }

    It 'is the same as a topic of the help' {
        $made = Join-Path -Path (Get-Item -LiteralPath TestDrive:/).FullName -ChildPath made.txt
        & "$Root/docs/Build-Lesson.ps1" -Destination $made
        (Get-Content -LiteralPath $made -Raw) -ceq (
            Get-Content -LiteralPath "$Root/module/en-US/about_MnistNet_Mathematics.help.txt" -Raw) |
            Should -BeTrue -Because 'after a change, ./build.ps1 Help writes it anew'
    }

    AfterAll {
        $shell.Dispose()
    }
}

Describe 'Matrices at the prompt' {
    BeforeAll {
        $a = [MnistNet.Matrix]((1, 2, 3), (4, 5, 6))
        $b = [MnistNet.Matrix](10, 20)
    }

    It 'multiply, add, subtract and stretch a column' {
        ($a * $a.T).ToArray() | Should -Be 14, 32, 32, 77
        ($a + $b).ToArray() | Should -Be 11, 12, 13, 24, 25, 26
        ($a - $b).ToArray() | Should -Be -9, -8, -7, -16, -15, -14
        (-$a).ToArray() | Should -Be -1, -2, -3, -4, -5, -6
    }

    It 'take numbers on either side' {
        (2 * $a).ToArray() | Should -Be 2, 4, 6, 8, 10, 12
        ($a * 2).ToArray() | Should -Be (2 * $a).ToArray()
        (0.5 * $a).ToArray() | Should -Be ($a / 2).ToArray()
        (1 - $a).ToArray() | Should -Be 0, -1, -2, -3, -4, -5
    }

    It 'are picked apart by rows, columns and entries' {
        $a[1, 2] | Should -Be 6
        $a.Row(0).ToArray() | Should -Be 1, 2, 3
        $a.Column(1..2).Shape | Should -Be '2×2'
        $a.Map({ param($x) $x * $x }).Sum() | Should -Be 91
    }

    It 'are one object in a pipeline, and print as a few lines' {
        @($net.W1 | ForEach-Object { $_ }).Count | Should -Be 1
        $text = $net.W1 | Out-String -Width 80
        $text.Trim() | Should -Match '^W1  10×784  -0\.\d+ to 0\.\d+, mean'
        $text.Split("`n").Count | Should -BeLessThan 16
    }

    It 'go to a CSV and come back' {
        $net.W2.ToRows() | Export-Csv TestDrive:/W2.csv
        $rows = Import-Csv TestDrive:/W2.csv
        $rows.Count | Should -Be 10
        [double] $rows[3].C7 | Should -Be $net.W2[3, 7]
    }

    It 'say which two shapes do not fit' {
        $X = $few | ConvertTo-Matrix
        { $net.W2 * $X } | Should -Throw '*10×10 · 784×20: W2 and X do not fit*'
        { $net.W1 + $X } | Should -Throw '*10×784 + 784×20: W1 and X do not fit*'
        { $net.W1 * $null } | Should -Throw '*null*'
    }
}

Describe 'A step of the loop' {
    It 'gives every matrix as a property, at any depth' {
        $deep = New-Network -Hidden 6, 5 -Activation Tanh
        $pass = $few | Invoke-ForwardPropagation -Network $deep
        $grad = $pass | Invoke-Backpropagation
        'X', 'Z1', 'A1', 'Z2', 'A2', 'Z3', 'A3', 'Y' | ForEach-Object { $pass.$_.Name | Should -BeExactly $_ }
        'dZ3', 'dW3', 'db3', 'dZ2', 'dW2', 'db2', 'dZ1', 'dW1', 'db1' | ForEach-Object { $grad.$_.Name |
            Should -BeExactly $_ }
        ($pass | Get-Member -MemberType Properties).Name | Should -Contain 'Z3'
        ($grad | Get-Member -MemberType Properties).Name | Should -Contain 'dW3'
    }

    It 'can be written out in matrices, and comes to the same' {
        $X = $few | ConvertTo-Matrix
        $Y = $few | ConvertTo-Matrix -OneHot
        $Z1 = $net.W1 * $X + $net.b1
        $A2 = ($net.W2 * $Z1.ReLU() + $net.b2).Softmax()
        $pass = $few | Invoke-ForwardPropagation -Network $net
        ($A2 - $pass.A2).Norm() | Should -BeLessThan 1e-12
        $grad = $pass | Invoke-Backpropagation
        (1 / 20 * (($net.W2.T * ($A2 - $Y)).Hadamard($Z1.GreaterThan(0)) * $X.T) - $grad.dW1).Norm() |
            Should -BeLessThan 1e-12
    }

    It 'leaves the network as it was' {
        $before = $net.W2[0, 0]
        $updated = $net | Update-Network -Gradient ($few | Invoke-ForwardPropagation -Network $net |
            Invoke-Backpropagation) -Alpha 0.5
        $net.W2[0, 0] | Should -Be $before
        $updated.W2[0, 0] | Should -Not -Be $before
    }

    It 'takes a set whole and digits together' {
        ($mnist.Train | Invoke-ForwardPropagation -Network $net).Count | Should -Be 1000
        ($mnist | Invoke-ForwardPropagation -Network $net).Count | Should -Be 1000
        ($digits | Invoke-ForwardPropagation -Network $net).Count | Should -Be 1000
    }

    It 'warns of a gradient that was computed at other weights' {
        $grad = $few | Invoke-ForwardPropagation -Network $net | Invoke-Backpropagation
        $net | Update-Network -Gradient $grad -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings | Should -BeNullOrEmpty
        $null = New-Network -Seed 2 |
            Update-Network -Gradient $grad -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match 'computed at other weights'
    }

    It 'repeated fifty times is Invoke-Training, to 1e-4 in every parameter and in every prediction' {
        $n = $net
        1..50 | ForEach-Object {
            $pass = $digits | Invoke-ForwardPropagation -Network $n
            $grad = $pass | Invoke-Backpropagation
            $n = $n | Update-Network -Gradient $grad -Alpha 0.1
        }
        $run = $digits | Invoke-Training -Network $net -Alpha 0.1 -Iterations 50
        foreach ($symbol in 'W1', 'b1', 'W2', 'b2') {
            $difference = $run.Network.$symbol - $n.$symbol
            [math]::Max($difference.Max(), -$difference.Min()) | Should -BeLessThan 1e-4
        }
        $stepped = ($digits | Invoke-ForwardPropagation -Network $n).A2.ArgMax()
        ($digits | Get-Prediction -Network $run).Predicted | Should -Be $stepped
    }
}

Describe 'Bad input' {
    It 'ends with <Id>' -ForEach @(
        @{ Id = 'GradientOfAnotherNetwork'; Code = { New-Network 3 | Update-Network -Gradient ($few |
            Invoke-ForwardPropagation -Network $net | Invoke-Backpropagation) -ErrorAction Stop } }
        @{ Id = 'LabelsMissing'; Code = { [MnistNet.DigitSet]::new('no labels', [byte[]]::new(784), $null, 28, 28) |
            Invoke-ForwardPropagation -Network $net | Invoke-Backpropagation -ErrorAction Stop } }
        @{ Id = 'LabelsMissing'; Code = { [MnistNet.DigitSet]::new('no labels', [byte[]]::new(784), $null, 28, 28) |
            Test-Gradient -Network $net -ErrorAction Stop } }
        @{ Id = 'LabelsMissing'; Code = { [MnistNet.DigitSet]::new('no labels', [byte[]]::new(784), $null, 28, 28) |
            ConvertTo-Matrix -OneHot -ErrorAction Stop } }
        @{ Id = 'EmptyBatch'; Code = { $mnist.Train.Take(0) |
            Invoke-ForwardPropagation -Network $net -ErrorAction Stop } }
        @{ Id = 'BatchTooLarge'; Code = { Invoke-ForwardPropagation -Network (New-Network -Hidden (
            @(16000) * 2)) -Data ([MnistNet.DigitSet]::new('large', [byte[]]::new(784 * 200000), $null, 28, 28)) } }
        @{ Id = 'ParameterArgumentTransformationError'; Code = { Invoke-ForwardPropagation -Network $net -Data @() } }
        @{ Id = 'ParameterArgumentValidationError'
        Code = { $net | Update-Network -Gradient ($few | Invoke-ForwardPropagation -Network $net |
            Invoke-Backpropagation) -Alpha -1 } }
        @{ Id = 'ParameterArgumentValidationError'; Code = { $few[0] | Trace-Prediction -Network $net -Label 10 } }
    ) {
        (Get-Fault $Code).FullyQualifiedErrorId | Should -BeLike "$Id*"
    }
}

Describe 'Test-Gradient' {
    It 'passes for <_>' -ForEach 'ReLU', 'LeakyReLU', 'Tanh', 'Sigmoid' {
        $rows = Test-Gradient -Network (New-Network -Hidden 8, 7 -Activation $_ -Seed 3) -Data $few
        $rows.Parameter | Should -Be 'W1', 'b1', 'W2', 'b2', 'W3', 'b3'
        $rows.Passed | Should -Not -Contain $false
        $rows[0].Checked + $rows[0].Skipped | Should -Be 50
    }

    It 'checks every entry on request' {
        $row = Test-Gradient -Network (New-Network -Hidden 2 -Seed 3) -Data $few[0..1] -All | Select-Object -First 1
        $row.Checked + $row.Skipped | Should -Be 1568
    }
}

Describe 'Trace-Prediction' {
    It 'shows every step within 100 columns' {
        $lines = ($few[3] | Trace-Prediction -Network $net | Out-String -Width 100).Split("`n")
        $lines | Where-Object Length -gt 101 | Should -BeNullOrEmpty
        $lines -join "`n" | Should -Match 'Z1 = W1·X \+ b1 +10×1'
    }

    It 'gives rows that can be picked and exported' {
        $trace = $few[3] | Trace-Prediction -Network $net
        ($trace | Where-Object Symbol -eq A2).Matrix.Sum() | Should -BeGreaterThan 0.999
        $trace | Export-Csv TestDrive:/trace.csv
        $rows = Import-Csv TestDrive:/trace.csv
        $rows.Count | Should -Be 20
        $rows[2].Matrix | Should -BeExactly 'Z1 10×1'
        $rows[2].Explanation | Should -Match '^Each of 10 units'
    }

    It 'takes another label' {
        ($few[3] | Trace-Prediction -Network $net -Label 7 | Where-Object Symbol -eq Y).Formula |
            Should -Match 'label 7'
    }
}

Describe 'What learners run into' {
    It 'is told once, as a warning that says what to try' {
        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $dead = $digits | Invoke-Training -Network $net -Alpha 10 -Iterations 40 @quiet
        $warnings -match 'hidden layer 1 are dead.*-Alpha' | Should -HaveCount 1

        $mnist.Train, $mnist.Test | Measure-Network -Network $dead @quiet
        $warnings -match 'are dead' | Should -HaveCount 1
        $warnings -match 'learned no difference' | Should -HaveCount 1
    }

    It 'is nothing in a healthy run' {
        $run = $mnist.Train | Invoke-Training -Alpha 0.1 -Iterations 60 -WarningVariable warnings
        $mnist | Measure-Network -Network $run -WarningVariable +warnings
        $warnings | Should -BeNullOrEmpty
    }
}
