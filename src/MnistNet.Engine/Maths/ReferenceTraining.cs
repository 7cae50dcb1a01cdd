namespace MnistNet;

/// <summary>
/// The classic training as the lesson has it, a formula a line: forward propagation, backpropagation and update, again
/// and again, on all images at once. Nothing calls it but a test, which holds the kernels to it; to train, use the room
/// Training.
/// </summary>
internal static class ReferenceTraining
{
    /// <summary>Full-batch gradient descent on a network with one hidden layer of ReLU.</summary>
    /// <param name="start">The network to begin with.</param>
    /// <param name="X">The images, one a column.</param>
    /// <param name="Y">Their labels, one-hot.</param>
    /// <param name="alpha">α.</param>
    /// <param name="iterations">How often.</param>
    /// <returns>W1, b1, W2, b2, and the loss before each update.</returns>
    public static (Matrix[] Parameters, double[] Losses) Run(
        Network start, Matrix X, Matrix Y, double alpha, int iterations)
    {
        (Matrix W1, Matrix b1, Matrix W2, Matrix b2) = (start["W1"]!, start["b1"]!, start["W2"]!, start["b2"]!);
        var losses = new double[iterations];
        double m = X.ColumnCount;

        for (int i = 0; i < iterations; i++)
        {
            // Forward: what the network says of the images.
            Matrix Z1 = (W1 * X) + b1;
            Matrix A1 = Z1.ReLU();
            Matrix Z2 = (W2 * A1) + b2;
            Matrix A2 = Z2.Softmax();
            losses[i] = -Y.Hadamard(Z2.LogSoftmax()).Sum() / m;

            // Backward: how the loss changes with each weight and bias.
            Matrix dZ2 = A2 - Y;
            Matrix dW2 = 1 / m * (dZ2 * A1.T);
            Matrix db2 = 1 / m * dZ2.RowSums();
            Matrix dZ1 = (W2.T * dZ2).Hadamard(Z1.GreaterThan(0));
            Matrix dW1 = 1 / m * (dZ1 * X.T);
            Matrix db1 = 1 / m * dZ1.RowSums();

            // Update: one step down the slope.
            (W1, b1) = (W1 - (alpha * dW1), b1 - (alpha * db1));
            (W2, b2) = (W2 - (alpha * dW2), b2 - (alpha * db2));
        }

        return ([W1, b1, W2, b2], losses);
    }
}
