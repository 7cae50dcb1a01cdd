using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// What the module writes reads the same in every culture; what it reads, it never takes for another number.
/// </summary>
public partial class CultureTests
{
    /// <summary>
    /// No culture of its own, but all that is odd in some: a decimal comma, grouping points, a minus that is none.
    /// </summary>
    private static readonly CultureInfo Odd = MakeOdd();

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void No_text_is_made_in_the_culture_of_the_session()
    {
        Assert.NotEmpty(Sources.Files);
        string[] found = [.. Sources.Files.SelectMany(file => file.Root.DescendantNodes()
            .Where(node => DependsOnCulture(node, file.Model))
            .Select(Sources.PlaceOf))];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [Fact]
    public void What_is_printed_reads_the_same_in_every_culture()
    {
        using var plain = new ModuleShell(width: 160);
        using var odd = new ModuleShell(width: 160, Odd);
        string[] preparations =
        [
            "$data = Import-Mnist -Synthetic -Count 60; $few = $data.Test | Get-Digit -First 1",
            "$result = $data | Invoke-Training -Iterations 5 -ValidationFraction 0.2 -WarningAction Ignore",
            "$rows = $data | Invoke-TrainingSweep -Alpha 0.05, 0.5 -Seed 1, 2 -Iterations 3",
        ];
        string[] scripts =
        [
            "New-Network -Hidden 12 -Seed 1",
            "$data",
            "$data.Train",
            "$few",
            "$result",
            "$result.History | Select-Object -Last 2",
            "$data | Get-Prediction -Network $result -First 3",
            "$data | Measure-Network -Network $result",
            "$few | Test-Gradient -Network $result",
            "$few | Trace-Prediction -Network $result",
            "$data | Find-LearningRate -Iterations 20",
            "$rows",
            "$rows + @($rows | Measure-Sweep) | ForEach-Object { \"$_\" }",
            "\"$result $($data.Test) $($few | Invoke-ForwardPropagation -Network $result) $($data | Measure-Network "
                + "-Network $result)\"",
            "\"$($few | Test-Gradient -Network $result)\"",
            "Invoke-Training -Data $data -Alpha -0.5",
            "Invoke-Training -Data $data -BatchSize 1234567 -Epochs 1",
            "Import-Mnist -Synthetic -Count 12345678",
        ];

        foreach (string script in preparations)
        {
            plain.Run(script);
            odd.Run(script);
        }

        Assert.All(scripts, script => Assert.Equal(Shape(plain.Print(script)), Shape(odd.Print(script))));
    }

    [Fact]
    public void A_session_has_the_culture_it_was_given()
    {
        using var shell = new ModuleShell(culture: Odd);
        Assert.Equal("−0,5", shell.Run("(-0.5).ToString()").Single<string>());
    }

    [Theory]
    [InlineData("'0,05'", 0.05)]
    [InlineData("'0.05'", 0.05)]
    [InlineData("' 5E-2 '", 0.05)]
    [InlineData("0.05", 0.05)]
    [InlineData("@('0,05')", 0.05)]
    public void A_number_as_text_is_read_as_either_culture_writes_it(string argument, double expected)
    {
        using var shell = new ModuleShell(culture: Odd);
        shell.Run("$data = Import-Mnist -Synthetic -Count 20");
        Assert.Equal(expected, shell.Run(
            $"($data | Invoke-Training -Alpha {argument} -Iterations 1).Alpha").Single<double>());
    }

    [Theory]
    [InlineData("-Alpha '0,05'", "'0,05' is not a number")]
    [InlineData("-Alpha 'fast'", "'fast' is not a number")]
    [InlineData("-Alpha ''", "'' is not a number")]
    [InlineData("-Iterations '1,000'", "'1,000' is not a number")]
    [InlineData("-Alpha 0,1", "a list of 2 values was given: 0, 1; a comma makes a list: write 0.05 with a point")]
    [InlineData("-Alpha @()", "an empty list was given")]
    [InlineData("-Alpha 1, 2, 3", "a list of 3 values was given: 1, 2, 3.")]
    public void A_number_that_could_be_taken_for_another_is_refused_with_a_sentence(string argument, string sentence)
    {
        using var shell = new ModuleShell(culture: English);
        Outcome outcome = shell.Attempt(
            $"Import-Mnist -Synthetic -Count 20 | Invoke-Training {argument} -BatchSize 10");
        Assert.Contains(sentence, outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_went_through_text_are_summed_up_in_the_culture_that_wrote_them_and_in_no_other()
    {
        const string asText = "$rows | ForEach-Object { $o = [ordered] @{}; foreach ($p in $_.PSObject.Properties) { "
            + "$o[$p.Name] = if ($null -ne $p.Value) { [Convert]::ToString($p.Value, [cultureinfo]::CurrentCulture) } "
            + "}; [pscustomobject] $o }";
        using var shell = new ModuleShell(culture: Odd);
        shell.Run("$rows = Import-Mnist -Synthetic -Count 60 | Invoke-TrainingSweep -Alpha 0.05, 0.5 -Iterations 3");

        string[] read = shell.Run($"{asText} | Measure-Sweep | ForEach-Object {{ \"$_\" }}").Text;
        using var other = new ModuleShell(culture: English);
        other["rows"] = shell.Run(asText).Output;

        Assert.Equal(shell.Run("$rows | Measure-Sweep | ForEach-Object { \"$_\" }").Text, read);
        Assert.All(
            other.Attempt("$rows | Measure-Sweep").Errors,
            error => Assert.Contains("expected a number", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_parameter_that_takes_numbers_reads_them_from_text_so()
    {
        using var shell = new ModuleShell();
        IEnumerable<Type> commands = shell.Run(
            "Get-Command -Module MnistNet | ForEach-Object ImplementingType").All<Type>();
        PropertyInfo[] numbers = [.. commands.SelectMany(command => command.GetProperties())
            .Where(property => property.IsDefined(typeof(ParameterAttribute)) && property.Name != "Hidden")
            .Where(property => IsNumber(ElementOf(property.PropertyType)))];

        Assert.True(numbers.Length > 40);
        Assert.Empty(numbers.Where(property => TakesSeveral(property) != property.PropertyType.IsArray)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

        static Type ElementOf(Type type) => (type.IsArray ? type.GetElementType()! : type) is Type element
            ? Nullable.GetUnderlyingType(element) ?? element
            : type;

        static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(bool) && type != typeof(char);

        static bool? TakesSeveral(PropertyInfo property) => property.CustomAttributes
            .Where(attribute => attribute.AttributeType.Name == "NumberTransformationAttribute")
            .Select(attribute => (bool?)attribute.NamedArguments.Any(argument => argument.TypedValue.Value is true))
            .FirstOrDefault();
    }

    /// <summary>
    /// What was printed, with every number for any other: times differ, but commas and points must not.
    /// </summary>
    private static string[] Shape(string[] lines)
        => [.. lines.Select(line => Spaces().Replace(Digits().Replace(line, "9"), " "))];

    private static bool DependsOnCulture(SyntaxNode node, SemanticModel model) => node switch
    {
        InterpolatedStringExpressionSyntax text => BecomesString(text, model) && text.Contents
            .OfType<InterpolationSyntax>()
            .Any(hole => IsSensitive(model.GetTypeInfo(hole.Expression).Type, hole.FormatClause is not null)),
        InvocationExpressionSyntax call when model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && !method.Parameters.Any(
                parameter => parameter.Type.Name is nameof(IFormatProvider) or nameof(CultureInfo))
            => DependsOnCulture(call, method, model),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression)
            => model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String
                && (IsSensitive(model.GetTypeInfo(sum.Left).Type, false)
                || IsSensitive(model.GetTypeInfo(sum.Right).Type, false)),
        _ => false,
    };

    private static bool DependsOnCulture(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model)
    {
        ITypeSymbol type = method.ContainingType;
        return method.Name switch
        {
            "ToString" => call.Expression is MemberAccessExpressionSyntax member
                && model.GetTypeInfo(member.Expression).Type is { SpecialType: not SpecialType.System_Object } number
                && IsSensitive(number, method.Parameters.Length > 0),
            "Parse" or "TryParse" => IsSensitive(type, hasFormat: true),
            "Format" or "ToUpper" or "ToLower" => type.SpecialType == SpecialType.System_String,
            "Join" => method.TypeArguments.Any(argument => IsSensitive(argument, false))
                || method.Parameters is [
                    .., { Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object } },
                ],
            "ToDouble" or "ToInt32" => type.Name == nameof(Convert) && method.Parameters[0]
                .Type.SpecialType is SpecialType.System_Object or SpecialType.System_String,
            "Append" or "AppendLine" or "Write" or "WriteLine"
                when type.Name is "StringBuilder" or "TextWriter" or "StreamWriter"
                => method.Parameters.Any(parameter => parameter.Type.Name == "AppendInterpolatedStringHandler")
                    || call.ArgumentList.Arguments.Any(
                        argument => IsSensitive(model.GetTypeInfo(argument.Expression).Type, false)),
            _ => false,
        };
    }

    /// <summary>
    /// Whether an interpolated string becomes a string at once, and is not given to anything that picks a culture for
    /// it.
    /// </summary>
    private static bool BecomesString(InterpolatedStringExpressionSyntax text, SemanticModel model)
    {
        ExpressionSyntax whole = text;
        while (whole.Parent is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression))
        {
            whole = sum;
        }

        return model.GetTypeInfo(whole)
            .ConvertedType?.SpecialType is SpecialType.System_String or SpecialType.System_Object;
    }

    private static bool IsSensitive(ITypeSymbol? type, bool hasFormat)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type?.SpecialType switch
        {
            null => false,
            SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal => true,
            SpecialType.System_DateTime or SpecialType.System_Object => true,
            SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 => hasFormat,
            SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 => hasFormat,
            _ => type.Name is nameof(IFormattable) or nameof(DateTimeOffset)
                || (type.Name == nameof(TimeSpan) && hasFormat),
        };
    }

    private static CultureInfo MakeOdd()
    {
        var odd = (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone();
        odd.NumberFormat.NegativeSign = "−";
        odd.NumberFormat.NaNSymbol = "keine Zahl";
        odd.NumberFormat.PercentPositivePattern = 2;
        odd.NumberFormat.PercentSymbol = "v.H.";
        return odd;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex(" +|-+")]
    private static partial Regex Spaces();
}
