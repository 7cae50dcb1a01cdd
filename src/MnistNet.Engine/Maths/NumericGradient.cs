namespace MnistNet;

/// <summary>
/// Measures slopes of the loss by nudging one entry of a parameter at a time and going forward again from its layer.
/// </summary>
internal sealed class NumericGradient(ForwardPass pass)
{
    /// <summary>The forward propagation from which the nudges depart.</summary>
    public ForwardPass Pass { get; } = pass;

    /// <summary>(L(w + h) − L(w − h)) / 2h; null when some unit crosses a kink between the two.</summary>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="isBias">Whether the entry is one of b, or else of W.</param>
    /// <param name="row">The entry's row.</param>
    /// <param name="column">The entry's column.</param>
    public double? Derivative(int layer, bool isBias, int row, int column)
    {
        // W[row, column] + h adds h·A[column] to row `row` of Z = W·A + b, and b[row] + h adds h to it.
        var nudged = new double[Pass.Network.Layers[layer].Outputs, 1];
        nudged[row, 0] = GradientCheck.Step;
        Matrix inputs = isBias ? Pass.X.Row(0).Map(_ => 1) : Pass.A[layer].Row(column);
        Matrix nudge = new Matrix(nudged) * inputs;
        (double above, Matrix[] aboveZ) = LossFrom(layer, Pass.Z[layer] + nudge);
        (double below, Matrix[] belowZ) = LossFrom(layer, Pass.Z[layer] - nudge);
        return HasKink && aboveZ.Zip(belowZ).Any(pair => CrossesZero(pair.First, pair.Second))
            ? null
            : (above - below) / (2 * GradientCheck.Step);
    }

    private bool HasKink => ActivationFormula.Of(Pass.Network.Activation).HasKink;

    /// <summary>
    /// Goes forward from a layer's sums to the loss; returns the sums of the hidden layers on the way.
    /// </summary>
    private (double Loss, Matrix[] HiddenSums) LossFrom(int layer, Matrix Z)
    {
        Network network = Pass.Network;
        var hidden = new List<Matrix>();
        for (int l = layer; l < network.Layers.Count - 1; l++)
        {
            hidden.Add(Z);
            Z = (network.Layers[l + 1].Weights * Z.Apply(network.Activation)) + network.Layers[l + 1].Biases;
        }

        return (ForwardPass.MeanLoss(Z, Pass.Y!), [.. hidden]);
    }

    private static bool CrossesZero(Matrix above, Matrix below)
    {
        ReadOnlySpan<double> a = above.Numbers, b = below.Numbers;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > 0 != b[i] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
