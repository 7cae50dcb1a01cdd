# Imported by MnistNet.psm1 after the assembly: a types file that names a type adapter is refused before its types are
# there.
@{
    ModuleVersion  = '1.0'
    GUID           = 'bc2fc2ee-fe59-49e0-a312-8ac55da142e8'
    TypesToProcess = @('MnistNet.Symbols.Types.ps1xml', 'MnistNet.Objects.Types.ps1xml')
}
