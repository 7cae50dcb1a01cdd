namespace MnistNet;

/// <summary>
/// The error of the answers traced back through the layers by the chain rule
/// (D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating errors", 1986). All in
/// float64.
/// </summary>
public static class Backpropagation
{
    /// <summary>Computes how the loss changes with every parameter.</summary>
    /// <param name="pass">A forward propagation of labelled images.</param>
    /// <exception cref="ShapeException">The images have no labels.</exception>
    public static Gradient Run(ForwardPass pass)
    {
        Matrix Y = pass.Y ?? throw new ShapeException(
            "These digits have no labels: without the right answers there is no error to trace back. Use digits with "
            + "labels.", "LabelsMissing");
        Network network = pass.Network;
        int m = pass.Count, last = network.Layers.Count;

        // Numbered as the formulas number them; A(0) is X.
        Matrix W(int l) => network.Layers[l - 1].Weights;
        Matrix Z(int l) => pass.Z[l - 1];
        Matrix A(int l) => pass.A[l];
        Matrix[] dZ = new Matrix[last + 1], dW = new Matrix[last + 1], db = new Matrix[last + 1];

        for (int l = last; l >= 1; l--)
        {
            // In the last layer, softmax and −log together have the slope A − Y. Before it, a unit is to blame for the
            // errors of the units it feeds, in as far as its weights carried them there, times the slope of its own
            // activation.
            dZ[l] = l == last
                ? A(l) - Y
                : (W(l + 1).T * dZ[l + 1]).Hadamard(Z(l).Derivative(network.Activation));

            dW[l] = 1.0 / m * (dZ[l] * A(l - 1).T);
            db[l] = 1.0 / m * dZ[l].RowSums();
        }

        return new Gradient(network, dZ[1..], dW[1..], db[1..]);
    }
}
