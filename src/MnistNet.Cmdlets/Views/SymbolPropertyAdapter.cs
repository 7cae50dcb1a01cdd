namespace MnistNet.Cmdlets;

/// <summary>
/// Makes the symbols of a <see cref="ISymbolTable"/> properties at any depth: <c>$net.W1</c>, <c>$net.b3</c>.
/// Registered by module/MnistNet.Symbols.Types.ps1xml.
/// </summary>
public sealed class SymbolPropertyAdapter : ComputedPropertyAdapter
{
    private protected override IEnumerable<string> NamesOf(object item)
        => ((ISymbolTable)item).Matrices
            .Select(matrix => matrix.Name)
            .Where(name => item.GetType().GetProperty(name) is null);

    private protected override object? Compute(object item, string name) => ((ISymbolTable)item)[name];

    private protected override Type TypeOf(string name) => typeof(Matrix);
}
