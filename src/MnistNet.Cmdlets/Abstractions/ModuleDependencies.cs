using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace MnistNet.Cmdlets;

/// <summary>
/// Lets the module live beside one that brought another version of a library both use. The host keeps one version of a
/// name;
/// where that one is too old for this module, its own copy is loaded apart, so that neither module sees the other's.
/// </summary>
public sealed class ModuleDependencies : IModuleAssemblyInitializer
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleDependencies).Assembly.Location)!;

    // Made once: a second import must find the types of the first.
    private static readonly AssemblyLoadContext Apart = new("MnistNet");

    /// <summary>
    /// Called by PowerShell in each runspace that imports the module. Nothing undoes it: another runspace may still use
    /// the module
    /// when this one removes it.
    /// </summary>
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted)
    {
        // Without a rival of the same name the host finds the library beside the module by itself.
        bool rival = context.Assemblies.Any(assembly => assembly.GetName().Name == wanted.Name);
        string own = Path.Combine(Folder, wanted.Name + ".dll");
        return rival && File.Exists(own) && AssemblyName.GetAssemblyName(own).Version == wanted.Version
            ? Apart.LoadFromAssemblyPath(own)
            : null;
    }
}
