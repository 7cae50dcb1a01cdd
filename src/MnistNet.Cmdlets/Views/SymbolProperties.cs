using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Registers <see cref="SymbolPropertyAdapter"/> for every type of the engine that holds symbols.
/// A types file cannot: PowerShell reads it before the module's assembly, and refuses an adapter for a type it does not
/// know yet.
/// </summary>
public sealed class SymbolProperties : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        foreach (Type type in typeof(ISymbolTable).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ISymbolTable))))
        {
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand(@"Microsoft.PowerShell.Utility\Update-TypeData")
                .AddParameter("TypeName", type.FullName)
                .AddParameter("TypeAdapter", typeof(SymbolPropertyAdapter))
                .AddParameter("Force")
                .Invoke();
        }
    }
}
