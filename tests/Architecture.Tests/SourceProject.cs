using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MnistNet.Architecture;

/// <summary>
/// The sources of one project, bound by the compiler: what a name means is known, not guessed from its text.
/// </summary>
internal sealed class SourceProject
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

    private readonly string _folder;

    private SourceProject(string name, string[] rooms)
    {
        Name = name;
        Order = rooms;
        _folder = $"src/{name}";
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(ImplicitUsings, options, "ImplicitUsings.cs"),
            .. Repository.Files(_folder, ".cs").Select(file =>
                CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, Repository.Relative(file))),
        ];
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        IEnumerable<string> libraries = platform.Where(path => Path.GetFileNameWithoutExtension(path) != name);
        Compilation = CSharpCompilation.Create(
            // Under its own name, to which the engine shows its internal types.
            name,
            trees,
            libraries.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                metadataImportOptions: MetadataImportOptions.All));
    }

    /// <summary>The engine.</summary>
    internal static SourceProject Engine { get; } = new("MnistNet.Engine", Rooms.Engine);

    /// <summary>The cmdlets.</summary>
    internal static SourceProject Cmdlets { get; } = new("MnistNet.Cmdlets", Rooms.Cmdlets);

    internal string Name { get; }

    /// <summary>Its rooms, in order.</summary>
    internal IReadOnlyList<string> Order { get; }

    internal CSharpCompilation Compilation { get; }

    /// <summary>Its files that people wrote.</summary>
    internal IEnumerable<SyntaxTree> Trees =>
        Compilation.SyntaxTrees.Where(tree => tree.FilePath.StartsWith(_folder, StringComparison.Ordinal));

    /// <summary>The room of a file: the first folder under the project's; empty for a file beside the rooms.</summary>
    internal string RoomOf(string path)
    {
        string[] parts = path[(_folder.Length + 1)..].Split('/');
        return parts.Length > 1 ? parts[0] : "";
    }

    /// <summary>
    /// Every use of a type of this project, or of a member of one: who uses it, and where it is declared.
    /// </summary>
    internal IEnumerable<Use> Uses()
    {
        foreach (SyntaxTree tree in Trees)
        {
            SemanticModel model = Compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                SymbolInfo info = model.GetSymbolInfo(name);
                ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                if (DeclaringType(symbol) is INamedTypeSymbol type)
                {
                    yield return new Use(
                        tree.FilePath,
                        name.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                        type.Name,
                        type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath);
                }
            }
        }
    }

    private static INamedTypeSymbol? DeclaringType(ISymbol? symbol)
    {
        INamedTypeSymbol? type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        type = type?.OriginalDefinition;
        return type is { DeclaringSyntaxReferences.IsEmpty: false } ? type : null;
    }
}

/// <summary>One use of a type.</summary>
/// <param name="File">The file that uses it.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Type">The type's name.</param>
/// <param name="Declaration">The file that declares it; the first one of a type in several.</param>
internal sealed record Use(string File, int Line, string Type, string Declaration);
