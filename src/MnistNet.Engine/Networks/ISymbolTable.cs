namespace MnistNet;

/// <summary>
/// Something that holds matrices under the symbols of the formulas, such as W1 and b1 of a network or dW2 of a
/// gradient. At the prompt each symbol is a property of it: <c>$net.W1</c>.
/// </summary>
public interface ISymbolTable
{
    /// <summary>The matrices, in the order of the formulas; each carries its symbol as its name.</summary>
    public IReadOnlyList<Matrix> Matrices { get; }

    /// <summary>The matrix of a symbol; null when there is none of that name.</summary>
    public Matrix? this[string symbol] { get; }
}
