#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Compress-Bytes([byte[]] $Bytes) {
        $stream = [System.IO.MemoryStream]::new()
        $gzip = [System.IO.Compression.GZipStream]::new($stream, [System.IO.Compression.CompressionMode]::Compress)
        $gzip.Write($Bytes)
        $gzip.Dispose()
        , $stream.ToArray()
    }

    function Get-IdxImages([int] $Count) {
        , [byte[]] (@(0, 0, 8, 3, 0, 0, 0, $Count, 0, 0, 0, 28, 0, 0, 0, 28) + @(9) * (784 * $Count))
    }

    function Get-IdxLabels([int] $Count) {
        , [byte[]] (@(0, 0, 8, 1, 0, 0, 0, $Count) + (0..($Count - 1)).ForEach({ $_ % 10 }))
    }

    function New-IdxFolder([string] $Name) {
        $folder = (New-Item -ItemType Directory -Path "TestDrive:/$Name" -Force).FullName
        foreach ($part in 'train', 't10k') {
            [System.IO.File]::WriteAllBytes("$folder/$part-images-idx3-ubyte", (Get-IdxImages 11))
            [System.IO.File]::WriteAllBytes("$folder/$part-labels-idx1-ubyte", (Get-IdxLabels 11))
        }

        $folder
    }
}

Describe 'Import-Mnist from files' {
    It 'reads a folder of idx files as a dataset' {
        $data = Import-Mnist -Path (New-IdxFolder plain)
        $data | Should -BeOfType MnistNet.MnistDataset
        $data.Train.Count, $data.Test.Count | Should -Be 11, 11
        $data.Train.LabelCounts | Should -Be 2, 1, 1, 1, 1, 1, 1, 1, 1, 1
    }

    It 'reads them whether compressed or not, and under both spellings of their names' {
        $folder = New-IdxFolder mixed
        [System.IO.File]::WriteAllBytes("$folder/train-images-idx3-ubyte", (Compress-Bytes (Get-IdxImages 11)))
        Rename-Item -LiteralPath "$folder/train-labels-idx1-ubyte" -NewName 'train-labels.idx1-ubyte'
        (Import-Mnist $folder -Split Train).Count | Should -Be 11
    }

    It 'gives a set where one split is asked for, and no more digits than asked for' {
        $set = Import-Mnist -Path (New-IdxFolder split) -Split Test -Count 3
        $set | Should -BeOfType MnistNet.DigitSet
        $set.Count | Should -Be 3
    }

    It 'reads a single file with the labels beside it' {
        $set = Import-Mnist -Path "$(New-IdxFolder single)/train-images-idx3-ubyte"
        $set.Count | Should -Be 11
        $set.IsLabeled | Should -BeTrue
    }

    It 'reads a Kaggle table, with labels or without' {
        $header = (0..783).ForEach({ "pixel$_" }) -join ','
        $zeros = @(0) * 784 -join ','
        Set-Content -LiteralPath TestDrive:/train.csv -Value "label,$header", "3,$zeros", "9,$zeros"
        Set-Content -LiteralPath TestDrive:/test.csv -Value $header, $zeros
        (Import-Mnist -Path TestDrive:/train.csv | Get-Digit).Label | Should -Be 3, 9
        (Import-Mnist -Path TestDrive:/test.csv).IsLabeled | Should -BeFalse
    }

    It 'takes folders from the pipeline, and names with brackets by -LiteralPath' {
        $folder = New-IdxFolder 'odd [name]'
        (Get-Item -LiteralPath $folder | Import-Mnist).Train.Count | Should -Be 11
        (Import-Mnist -LiteralPath $folder).Train.Count | Should -Be 11
    }

    It 'takes wildcards' {
        $null = New-IdxFolder wild1
        $null = New-IdxFolder wild2
        @(Import-Mnist -Path TestDrive:/wild?).Count | Should -Be 2
    }
}

Describe 'Import-Mnist where the data is bad' {
    It 'names the folder that is not there' {
        $fault = Get-OnlyError { Import-Mnist -Path TestDrive:/nowhere }
        $fault.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
        "$fault" | Should -BeLike '*nowhere*train-images*'
        $fault.CategoryInfo.Category | Should -Be ObjectNotFound
    }

    It 'says what it looked for in a folder without it' {
        $empty = (New-Item -ItemType Directory -Path TestDrive:/empty).FullName
        $fault = Get-OnlyError { Import-Mnist -Path $empty }
        $fault.FullyQualifiedErrorId | Should -BeLike 'DataNotFound,*'
        "$fault" | Should -BeLike "*$empty*train-images*"
    }

    It 'refuses a path of another provider' {
        (Get-OnlyError { Import-Mnist -Path env:PATH }).FullyQualifiedErrorId | Should -BeLike 'NotAFileSystemPath,*'
        (Get-OnlyError { Import-Mnist -Path env:PATH* }).FullyQualifiedErrorId | Should -BeLike 'NotAFileSystemPath,*'
        (Get-OnlyError { Import-Mnist -Path nodrive:/mnist }).FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'refuses a count of 0 before it looks for anything' {
        { Import-Mnist -Path TestDrive:/nowhere -Count 0 } |
            Should -Throw "*'Count'. 0 was given; a whole number of at least 1*"
    }
}

Describe 'Import-Mnist -Synthetic' {
    It 'draws the same digits for the same seed' {
        $first = Import-Mnist -Synthetic -Count 50 -Seed 3
        (Import-Mnist -Synthetic -Count 50 -Seed 3).Train.GetFingerprint() | Should -Be $first.Train.GetFingerprint()
        (Import-Mnist -Synthetic -Count 50 -Seed 4).Train.GetFingerprint() |
            Should -Not -Be $first.Train.GetFingerprint()
    }

    It 'draws one split alone' {
        $set = Import-Mnist -Synthetic -Split Test -Count 20
        $set | Should -BeOfType MnistNet.DigitSet
        $set.Count | Should -Be 20
    }
}

Describe 'Get-Digit' {
    BeforeAll {
        $set = Import-Mnist -Synthetic -Split Train -Count 200
    }

    It 'gives every digit of a set, in order' {
        $digits = @($set | Get-Digit)
        $digits.Count | Should -Be 200
        $digits[7] | Should -BeOfType MnistNet.Digit
        $digits.Index | Should -Be (0..199)
    }

    It 'takes the test set of a dataset' {
        $data = Import-Mnist -Synthetic -Count 30
        @($data | Get-Digit -First 1)[0].Pixels | Should -Be @($data.Test | Get-Digit -First 1)[0].Pixels
    }

    It 'picks by index, in the order asked for' {
        ($set | Get-Digit -Index 5, 3, 5).Index | Should -Be 5, 3, 5
    }

    It 'reports an index that is not there, and gives the others' {
        $found = $set | Get-Digit -Index 1, 200, 2 -ErrorVariable faults -ErrorAction SilentlyContinue
        $found.Index | Should -Be 1, 2
        $faults.FullyQualifiedErrorId | Should -BeLike 'DigitNotFound,*'
        "$faults" | Should -BeLike '*200*0 to 199*'
    }

    It 'says of an empty set that it is empty' {
        $empty = [MnistNet.DigitSet]::new('none', [byte[]]::new(0), [byte[]]::new(0))
        $empty | Get-Digit -Index 3 -ErrorVariable faults -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$faults" | Should -BeLike '*it is empty*'
    }

    It 'picks by label' {
        $threes = @($set | Get-Digit -Label 3, 8 -First 10)
        $threes.Count | Should -Be 10
        $threes.Label | ForEach-Object { $_ | Should -BeIn 3, 8 }
    }

    It 'draws at random, each digit once, the same for the same seed' {
        $drawn = ($set | Get-Digit -Random 50 -Seed 1).Index
        ($drawn | Sort-Object -Unique).Count | Should -Be 50
        ($set | Get-Digit -Random 50 -Seed 1).Index | Should -Be $drawn
        ($set | Get-Digit -Random 50 -Seed 2).Index | Should -Not -Be $drawn
    }

    It 'picks from digits as from a set, by the index they bear' {
        $few = $set | Get-Digit -Index 150, 20, 30
        ($few | Get-Digit -Index 20).Index | Should -Be 20
        ($few | Get-Digit -First 2).Index | Should -Be 150, 20
    }

    It 'stops when nobody wants more' {
        @($set | Get-Digit | Select-Object -First 2).Count | Should -Be 2
    }

    It 'completes labels' {
        $line = '$set | Get-Digit -Label '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText |
            Should -Be (0..9)
    }

    It 'refuses what is not a digit' {
        { Get-Digit -Data 'abc' } | Should -Throw "*Digits are needed*the text 'abc'*"
    }
}
