using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MnistNet.Cmdlets.Tests;

/// <summary>The package's folder, as the build laid it out: what the tests import.</summary>
internal static class StagedModule
{
    public static string Manifest { get; } = Path.GetFullPath(Metadata("StagedModule"));

    public static string Folder { get; } = Path.GetDirectoryName(Manifest)!;

    public static string Bin { get; } = Path.Combine(Folder, "module", "bin");

    /// <summary>The clone's folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    /// <summary>The host program's assembly.</summary>
    public static string HostProgram { get; } = Path.GetFullPath(Metadata("HostProgram"));

    private static string Metadata(string key) =>
        typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == key).Value!;

    /// <summary>
    /// A test may name the engine's types before any shell imported the module: they are the package's own all the
    /// same.
    /// </summary>
    [ModuleInitializer]
    internal static void ResolveTypes() =>
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "MnistNet.Engine"
        ? Assembly.LoadFrom(Path.Combine(Bin, "MnistNet.Engine.dll"))
        : null;
}
