namespace MnistNet;

/// <summary>
/// The error of the answers traced back through the layers by the chain rule
/// (D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating errors", 1986). All in float64.
/// </summary>
public static class Backpropagation
{
    /// <summary>Computes how the loss changes with every parameter.</summary>
    /// <param name="pass">A forward propagation of labelled images.</param>
    /// <exception cref="ShapeException">The images have no labels.</exception>
    public static Gradient Run(ForwardPass pass)
    {
        Matrix Y = pass.Y ?? throw new ShapeException("These digits have no labels: without the right answers there is no error to trace back. Use digits with labels.", "LabelsMissing");
        Network network = pass.Network;
        int m = pass.Count, last = network.Layers.Count;
        var dZ = new Matrix[last];
        var dW = new Matrix[last];
        var db = new Matrix[last];
        for (int l = last; l >= 1; l--)
        {
            // In the last layer, softmax and −log together leave dZ = A − Y. Before it, the blame of a unit is that of the
            // units it feeds, through the weights it feeds them by, times its own slope: dZl = (Wl+1ᵀ·dZl+1) ∘ f′(Zl).
            Matrix d = l == last
                ? pass.A[l] - Y
                : (network.Layers[l].Weights.T * dZ[l]).Hadamard(pass.Z[l - 1].Slope(network.Activation));

            // dWl = (1/m) dZl·Al-1ᵀ, where A0 is X.
            dW[l - 1] = (1.0 / m * (d * pass.A[l - 1].T)).Named($"dW{l}");

            // dbl = (1/m) row sums of dZl.
            db[l - 1] = (1.0 / m * d.RowSums()).Named($"db{l}");

            dZ[l - 1] = d.Named($"dZ{l}");
        }

        return new Gradient(network, dZ, dW, db);
    }
}
