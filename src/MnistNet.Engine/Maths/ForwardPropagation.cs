namespace MnistNet;

/// <summary>
/// Images through a network, as the formulas say it: the readable truth that the kernels are held to. All in float64.
/// </summary>
public static class ForwardPropagation
{
    /// <summary>Takes images through every layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">X: 784×m, one image a column.</param>
    /// <param name="y">Y: 10×m, one-hot; null when the labels are not known, and then there is no loss.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">X does not fit W1, or Y does not fit the network's answer.</exception>
    public static ForwardPass Run(Network network, Matrix x, Matrix? y = null, CancellationToken cancellation = default)
    {
        if (y is not null && (y.RowCount != network.Outputs || y.ColumnCount != x.ColumnCount))
        {
            throw new ShapeException(
                $"Y is {y.Shape}; for {x.ColumnCount:N0} images and {network.Outputs} classes it must be "
                + $"{network.Outputs}×{x.ColumnCount}.");
        }

        var z = new List<Matrix>();
        var a = new List<Matrix> { x.Named("X") };
        foreach (Layer layer in network.Layers)
        {
            int l = layer.Number;
            Matrix W = layer.Weights, b = layer.Biases;

            // Zl = Wl·Al-1 + bl, where A0 is X.
            Matrix Z = Matrix.Multiply(W, a[l - 1], cancellation) + b;

            // Al = f(Zl), and softmax(Zl) in the last layer.
            Matrix A = l == network.Layers.Count ? Z.Softmax() : Z.Apply(network.Activation);

            z.Add(Z.Named($"Z{l}"));
            a.Add(A.Named($"A{l}"));
        }

        return new ForwardPass(network, z, a, y?.Named("Y"));
    }

    /// <summary>Takes a set of digits through every layer; with labels there is a loss.</summary>
    /// <param name="network">The network.</param>
    /// <param name="digits">The digits.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The network does not fit the digits, or there are none.</exception>
    /// <exception cref="SettingException">The matrices would not fit into memory.</exception>
    public static ForwardPass Run(Network network, DigitSet digits, CancellationToken cancellation = default)
    {
        digits = network.See(digits);
        MatrixMemory.RequireRoom(network, digits);
        return Run(network, digits.ToMatrix(), digits.IsLabeled ? digits.ToOneHot() : null, cancellation);
    }
}
