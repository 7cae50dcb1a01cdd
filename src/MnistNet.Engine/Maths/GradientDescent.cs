namespace MnistNet;

/// <summary>One step down the slope of the loss (A.-L. Cauchy, 1847). All in float64.</summary>
public static class GradientDescent
{
    /// <summary>
    /// A network with every parameter moved against its gradient: W ← W − α·dW, b ← b − α·db. The given network stays
    /// as it is.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="alpha">The learning rate α, greater than 0.</param>
    /// <exception cref="ShapeException">The gradient is of a network of other shape, or the step leads to numbers that
    /// are not finite.</exception>
    /// <exception cref="SettingException">α is not a positive number.</exception>
    public static Network Update(Network network, Gradient gradient, double alpha)
    {
        if (!(alpha > 0 && double.IsFinite(alpha)))
        {
            throw new SettingException("Alpha",
                $"Alpha is {alpha}; the learning rate must be a number greater than 0, such as 0.1.");
        }

        if (gradient.Network.Shape != network.Shape || gradient.Network.Activation != network.Activation)
        {
            throw new ShapeException(
                $"This is the gradient of a network {gradient.Network}, and the network to update is {network}: "
                + $"compute the gradient of the network that you update.", "GradientOfAnotherNetwork");
        }

        var updated = network.Parameters.Zip(gradient.Parameters, (parameter, d) => parameter - (alpha * d));
        return network.With([.. updated]);
    }
}
