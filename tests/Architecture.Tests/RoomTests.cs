using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MnistNet.Architecture;

public class RoomTests
{
    public static TheoryData<string> Projects => ["MnistNet.Engine", "MnistNet.Cmdlets"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_sources_can_be_bound(string name)
    {
        // Names that source generators declare are not known here, and that is all that may be missing.
        string[] errors =
        [
            .. Project(name).Compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Where(diagnostic => diagnostic.Id is not ("CS8795" or "CS0534" or "CS0117" or "CS9248"))
                .Select(diagnostic => diagnostic.ToString()),
        ];
        AssertNone(errors);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_file_is_in_a_room_of_the_table(string name)
    {
        SourceProject project = Project(name);
        AssertNone(
            project.Trees.Select(tree => tree.FilePath).Where(path => !project.Order.Contains(project.RoomOf(path))));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_room_of_the_table_has_files(string name)
    {
        SourceProject project = Project(name);
        AssertNone(project.Order.Except(project.Trees.Select(tree => project.RoomOf(tree.FilePath))));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_knows_only_rooms_before_it(string name)
    {
        SourceProject project = Project(name);
        int Place(string file) => project.Order.ToList().IndexOf(project.RoomOf(file));
        AssertNone(project.Uses()
            .Where(use => Place(use.Declaration) > Place(use.File))
            .Select(use => $"{use.File}({use.Line}): {project.RoomOf(use.File)} knows "
                + $"{project.RoomOf(use.Declaration)}, a later room, by {use.Type}")
            .Distinct());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_type_lies_in_one_room(string name)
    {
        SourceProject project = Project(name);
        AssertNone(project.Trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Where(type => type.Parent is not TypeDeclarationSyntax)
                .Select(
                    type => (Name: type.Identifier.Text + type.TypeParameterList, Room: project.RoomOf(tree.FilePath))))
            .Distinct()
            .GroupBy(type => type.Name)
            .Where(type => type.Count() > 1)
            .Select(type => $"{type.Key} is declared in {string.Join(" and ", type.Select(part => part.Room))}"));
    }

    [Fact]
    public void Only_Kernels_has_unsafe_code()
    {
        SourceProject engine = SourceProject.Engine;
        AssertNone(engine.Trees.Concat(SourceProject.Cmdlets.Trees)
            .Where(tree => !tree.FilePath.StartsWith("src/MnistNet.Engine/Kernels/", StringComparison.Ordinal))
            .SelectMany(tree => tree.GetRoot().DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.UnsafeKeyword))
                .Select(Place)));
    }

    [Fact]
    public void The_engine_does_not_know_PowerShell()
    {
        SourceProject engine = SourceProject.Engine;
        AssertNone(engine.Trees.SelectMany(tree =>
        {
            SemanticModel model = engine.Compilation.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => model.GetSymbolInfo(name).Symbol?.ContainingAssembly?.Name == PowerShell)
                .Select(name => Place(name.GetFirstToken()));
        }));
    }

    [Fact]
    public void The_engine_names_no_cmdlet_and_no_parameter()
    {
        // The engine names a setting, such as Alpha; the cmdlets make -Alpha of it.
        AssertNone(SourceProject.Engine.Trees.SelectMany(tree => tree.GetRoot().DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
            .Where(token => PowerShellName.IsMatch(token.Text))
            .Select(token => $"{Place(token)}: {token.Text}")));
    }

    [Fact]
    public void A_cmdlet_has_a_file_of_its_own_name()
    {
        SourceProject cmdlets = SourceProject.Cmdlets;
        var declared = cmdlets.Trees.SelectMany(tree => tree.GetRoot().DescendantNodes()
            .OfType<ClassDeclarationSyntax>()
            .Where(type => type.AttributeLists
                .SelectMany(list => list.Attributes)
                .Any(attribute => attribute.Name.ToString() == "Cmdlet"))
            .Select(type => (tree.FilePath, Class: type.Identifier.Text)));
        AssertNone(declared
            .Where(cmdlet => cmdlet.FilePath != $"src/MnistNet.Cmdlets/Commands/{cmdlet.Class}.cs")
            .Select(cmdlet => $"{cmdlet.Class} is in {cmdlet.FilePath}"));
    }

    /// <summary>A new value of an enum must not fall through to what another one does.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_switch_over_an_enum_names_every_value_or_ends_in_an_exception(string name)
    {
        SourceProject project = Project(name);
        AssertNone(project.Trees.SelectMany(tree =>
        {
            SemanticModel model = project.Compilation.GetSemanticModel(tree);
            IEnumerable<SyntaxNode> silent = tree.GetRoot().DescendantNodes().Where(node => node switch
            {
                SwitchExpressionSyntax expression => IsOwnEnum(model, expression.GoverningExpression)
                    && expression.Arms.Any(
                        arm => arm.Pattern is DiscardPatternSyntax && arm.Expression is not ThrowExpressionSyntax),
                SwitchStatementSyntax statement => IsOwnEnum(model, statement.Expression)
                    && !statement.Sections.Any(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax)
                        && section.Statements.Any(inner => inner is ThrowStatementSyntax)),
                _ => false,
            });
            return silent.Select(node => Place(node.GetFirstToken()));
        }));
    }

    private static readonly System.Text.RegularExpressions.Regex PowerShellName = new(
        @"(?<![\w-])-[A-Z][a-z]\w+"
        + @"|\b(Import|Export|Get|New|Invoke|Measure|Find|Test|Trace|Update|Show|ConvertTo)-[A-Z][a-z]");

    private const string PowerShell = "System.Management.Automation";

    private static bool IsOwnEnum(SemanticModel model, ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type is { TypeKind: TypeKind.Enum } type
            && type.ContainingNamespace?.ToString()?.StartsWith("MnistNet", StringComparison.Ordinal) == true;

    private static SourceProject Project(string name) =>
        name == SourceProject.Engine.Name ? SourceProject.Engine : SourceProject.Cmdlets;

    private static string Place(SyntaxToken token) =>
        $"{token.SyntaxTree!.FilePath}({token.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";

    private static void AssertNone(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, $"{all.Length}:\n{string.Join('\n', all)}");
    }
}
