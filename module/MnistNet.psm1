# No cmdlets here: each would load a module of its own first.
$assembly = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'MnistNet.Cmdlets.dll')
if (-not [System.IO.File]::Exists($assembly)) {
    throw [System.Management.Automation.ErrorRecord]::new(
        [System.IO.FileNotFoundException]::new(
            'MnistNet has not been built yet: run ./build.ps1 in its folder, then import it again.', $assembly),
        'MnistNetNotBuilt', 'NotInstalled', $assembly)
}
Import-Module -Name $assembly
Import-Module -Name $PSScriptRoot/MnistNet.Symbols.psd1
