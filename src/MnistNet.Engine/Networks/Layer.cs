namespace MnistNet;

/// <summary>One layer of a network: Z = W·A + b, with A the layer before it.</summary>
/// <param name="number">1 for the first layer after the pixels.</param>
/// <param name="weights">W: outputs × inputs.</param>
/// <param name="biases">b: outputs × 1.</param>
/// <param name="function">What follows: <c>ReLU</c> and the like, or <c>softmax</c> for the last layer.</param>
public sealed class Layer(int number, Matrix weights, Matrix biases, string function)
{
    /// <summary>1 for the first layer after the pixels.</summary>
    public int Number { get; } = number;

    /// <summary>W: outputs × inputs.</summary>
    public Matrix Weights { get; } = weights;

    /// <summary>b: outputs × 1.</summary>
    public Matrix Biases { get; } = biases;

    /// <summary>What is applied to Z: the network's activation, or <c>softmax</c> in the last layer.</summary>
    public string Function { get; } = function;

    /// <summary>The number of values that come in.</summary>
    public int Inputs => Weights.ColumnCount;

    /// <summary>The number of units, each of which gives one value.</summary>
    public int Outputs => Weights.RowCount;

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => (Inputs + 1) * Outputs;

    /// <summary>Such as <c>784→10 ReLU</c>.</summary>
    public override string ToString() => $"{Inputs}→{Outputs} {Function}";
}
