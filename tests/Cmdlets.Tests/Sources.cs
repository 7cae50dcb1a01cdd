using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MnistNet.Cmdlets.Tests;

/// <summary>The sources of the engine and of the cmdlets, as the compiler understands them.</summary>
internal static class Sources
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<CSharpCompilation> All = new(Compile);

    /// <summary>Each file with what its names mean.</summary>
    public static IEnumerable<(SyntaxNode Root, SemanticModel Model)> Files => All.Value.SyntaxTrees
        .Where(tree => tree.FilePath.Length > 0)
        .Select(tree => (tree.GetRoot(), All.Value.GetSemanticModel(tree)));

    /// <summary>Where a piece of source is, such as <c>Engine/Data/DigitSet.cs:12</c>.</summary>
    public static string PlaceOf(SyntaxNode node)
        => $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static CSharpCompilation Compile()
    {
        string source = Path.Combine(StagedModule.Root, "src");
        IEnumerable<SyntaxTree> trees = new[] { "MnistNet.Engine", "MnistNet.Cmdlets" }
            .SelectMany(
                project => Directory.EnumerateFiles(Path.Combine(source, project), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path: path, Name: Path.GetRelativePath(source, path).Replace('\\', '/')))
            .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal)
                && !file.Name.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), path: file.Name))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Concat(Directory.EnumerateFiles(StagedModule.Bin, "*.dll"))
            .Where(path => !Path.GetFileName(path).StartsWith("MnistNet.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("MnistNet", trees, references, options);
    }
}
