# Dot-source this: what tests of round trips share. A number is compared by its bits.

# The bits of every number that an object holds, as a text: of a matrix their hash.
function Get-NumberText {
    param($Value, [int] $Depth = 4)

    $item = $Value
    if ($Value -is [psobject]) { $item = $Value.psobject.BaseObject }
    if ($null -eq $item -or $item -is [string] -or $item -is [bool] -or $item -is [enum]) { return '' }
    # An enumeration comes back as a number that says its name.
    if ($item -is [int] -and "$($Value.pstypenames[0])" -like 'Deserialized.*') { return '' }
    if ($item -is [MnistNet.Matrix]) { return "$($item.Shape) $(Get-Hash $item.ToArray())" }
    if ($item -is [MnistNet.ConfusionMatrix]) { return "$item" }
    if ($item -is [MnistNet.DigitSet]) { return $item.GetFingerprint() }
    if ($item -is [MnistNet.Network]) { return ($item.Parameters | ForEach-Object { Get-NumberText $_ }) -join ' ' }
    if ($item -is [ValueType]) {
        $isNumber = $item.GetType().IsPrimitive
        if ($isNumber) { return '{0:x}' -f [BitConverter]::DoubleToInt64Bits([double] $item) }
    }
    if ($Depth -le 0) { return '' }
    if ($item -is [System.Collections.IEnumerable]) {
        return '[' + (@(foreach ($one in $item) { Get-NumberText $one ($Depth - 1) }) -join ' ') + ']'
    }
    $parts = foreach ($property in $Value.psobject.Properties | Sort-Object -Property Name) {
        if ($property.Name -in 'PSComputerName', 'PSShowComputerName', 'RunspaceId', 'PSSourceJobInstanceId') {
            continue
        }
        $text = Get-NumberText $property.Value ($Depth - 1)
        if ($text) { "$($property.Name)=$text" }
    }
    $parts -join ' '
}

# The numbers of rows, which are lists, or objects with a property for each column.
function Get-RowNumber($Rows) {
    foreach ($row in $Rows) {
        if ($row -is [System.Collections.IList]) { $row }
        else { $row.psobject.Properties.Where({ $_.Name -like 'C*' }).Value | ForEach-Object { [double] $_ } }
    }
}

function Get-Hash([array] $Numbers) {
    $bytes = [byte[]]::new(8 * $Numbers.Length)
    [Buffer]::BlockCopy($Numbers, 0, $bytes, 0, $bytes.Length)
    [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($bytes))
}

# Where what came back from JSON or CSV differs in a number from what was sent. CSV has the numbers of cells only.
function Get-NumberDifference {
    param($Sent, $Back, [string] $Path = '', [switch] $Cells, [int] $Depth = 5)

    $item = $Sent
    if ($Sent -is [psobject]) { $item = $Sent.psobject.BaseObject }
    if ($null -eq $item -or $item -is [string] -or $item -is [bool] -or $item -is [enum]) { return }
    if ($Cells -and $item -is [MnistNet.Network]) { return }
    if ($item.GetType().IsPrimitive) {
        $number = [double]::Parse("$Back", [cultureinfo]::InvariantCulture)
        if ($Back -is [double]) { $number = $Back }
        if ([BitConverter]::DoubleToInt64Bits([double] $item) -ne [BitConverter]::DoubleToInt64Bits($number)) {
            "${Path}: $item became $Back"
        }
        return
    }
    if ($item -is [MnistNet.Network]) {
        # The properties W1, b1 and so on are the prompt's own.
        return Get-NumberDifference $item.Parameters $Back.Parameters "$Path.Parameters"
    }
    if ($item -is [MnistNet.Matrix] -or $item -is [MnistNet.ConfusionMatrix]) {
        # A table of such an object is that of its rows.
        if ($Cells -and $Path) { return }
        $numbers = [double[]] @(Get-RowNumber ($Cells ? $Back : $Back.Rows))
        $sent = [double[]] @($item.ToArray() | ForEach-Object { $_ })
        if ((Get-Hash $numbers) -ne (Get-Hash $sent)) { "${Path}: $item has other numbers" }
        return
    }
    if ($Cells -and $Path) { return }
    if ($item -is [System.Collections.IEnumerable]) {
        $i = 0
        foreach ($one in $item) { Get-NumberDifference $one @($Back)[$i] "$Path[$i]" -Depth ($Depth - 1); $i++ }
        return
    }
    if ($Depth -le 0) { return }
    foreach ($property in $Sent.psobject.Properties) {
        Get-NumberDifference $property.Value $Back.($property.Name) "$Path.$($property.Name)" -Cells:$Cells `
            -Depth ($Depth - 1)
    }
}
