$assembly = Join-Path -Path $PSScriptRoot -ChildPath 'bin/MnistNet.Cmdlets.dll'
if (-not (Test-Path -LiteralPath $assembly)) {
    throw [System.Management.Automation.ErrorRecord]::new(
        [System.IO.FileNotFoundException]::new('MnistNet has not been built yet: run ./build.ps1 in its folder, then import it again.', $assembly),
        'MnistNetNotBuilt', 'NotInstalled', $assembly)
}
Import-Module -Name $assembly
