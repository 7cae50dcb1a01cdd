using static System.FormattableString;

namespace MnistNet;

/// <summary>
/// What each pixel contributed to what a network said of one digit. Together with the constant part the contributions
/// add up to the logit: the score, before softmax, of the class that is explained.
/// </summary>
public sealed class Attribution
{
    private Attribution(
        Digit digit, int predicted, int @class, int? versus, double logit, double constant, Matrix contributions,
            bool isExact)
    {
        Digit = digit;
        Predicted = predicted;
        Class = @class;
        Versus = versus;
        Logit = logit;
        Constant = constant;
        Contributions = contributions;
        IsExact = isExact;
    }

    /// <summary>The digit's position in its set.</summary>
    public int Index => Digit.Index;

    /// <summary>What the digit is; null when it has no label.</summary>
    public int? Label => Digit.Label;

    /// <summary>What the network says it is.</summary>
    public int Predicted { get; }

    /// <summary>The class whose logit is explained.</summary>
    public int Class { get; }

    /// <summary>The class whose logit is subtracted; null when there is none.</summary>
    public int? Versus { get; }

    /// <summary>The logit of the class; with <see cref="Versus"/>, the difference of the two.</summary>
    public double Logit { get; }

    /// <summary>
    /// What no pixel contributed. When the attribution is exact, that is what the biases give; else it is what is left
    /// over.
    /// </summary>
    public double Constant { get; }

    /// <summary>What each pixel contributed, in the rows and columns of the image; 0 where there is no ink.</summary>
    public Matrix Contributions { get; }

    /// <summary>
    /// Whether the contributions are the network itself, which ReLU and LeakyReLU leave linear around an image. With
    /// Tanh and Sigmoid they are gradient × input, a good guess.
    /// </summary>
    public bool IsExact { get; }

    /// <summary>The digit as the network sees it.</summary>
    internal Digit Digit { get; }

    /// <summary>Explains what a network says of a digit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="digit">The digit.</param>
    /// <param name="class">The class to explain; null for the one that is predicted.</param>
    /// <param name="versus">The class to compare it with; null for none.</param>
    /// <exception cref="ShapeException">The network does not fit the digit.</exception>
    /// <exception cref="SettingException">There is no such class, or the two are the same.</exception>
    public static Attribution Of(Network network, Digit digit, int? @class = null, int? versus = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(digit);
        RequireClass("Label", @class);
        RequireClass("Versus", versus);
        ForwardPass pass = ForwardPropagation.Run(network, DigitSet.FromDigits([digit]));
        int predicted = pass.A[^1].ArgMax()[0], explained = @class ?? predicted;
        if (versus == explained)
        {
            throw new SettingException(
                "Versus", $"`Versus` is {versus}, the class that is explained: it can be compared with another only.");
        }

        // The logits that count: 1 for the class, −1 for the one that it is compared with.
        var direction = new double[network.Outputs, 1];
        direction[explained, 0] = 1;
        if (versus is int other)
        {
            direction[other, 0] = -1;
        }

        Matrix g = new(direction);
        double logit = (g.T * pass.Z[^1])[0, 0], constant = 0;
        for (int l = network.Layers.Count; l >= 1; l--)
        {
            // g is the gradient of the logit at Zl: what bl gives is g·bl, what the layer below gives is Wlᵀ·g.
            Layer layer = network.Layers[l - 1];
            constant += (g.T * layer.Biases)[0, 0];
            g = layer.Weights.T * g;
            if (l > 1)
            {
                g = g.Hadamard(pass.Z[l - 2].Derivative(network.Activation));
            }
        }

        // A ReLU that is on passes its sum on and one that is off stops it, so A is Z times its own derivative, and g·X
        // with the constant is the logit itself. Of a curve that holds for small changes only.
        Matrix contributions = g.Hadamard(pass.X);
        bool isExact = network.Activation is Activation.ReLU or Activation.LeakyReLU || network.Layers.Count == 1;
        return new Attribution(
            AsSeen(digit, pass.X),
            predicted,
            explained,
            versus,
            logit,
            isExact ? constant : logit - contributions.Sum(),
            AsImage(contributions, digit),
            isExact);
    }

    /// <summary>
    /// An attribution that was written down: the digit as the network saw it, and a number for each pixel.
    /// </summary>
    internal static Attribution Restore(
        Digit seen, int predicted, int @class, int? versus, double logit, double constant, double[] contributions,
        bool isExact)
        => new(
            seen, predicted, @class, versus, logit, constant,
            new Matrix(contributions.Chunk(seen.Columns).ToArray()).Named("contributions"), isExact);

    /// <summary>Such as <c>#8: 12.3 for 6</c>.</summary>
    public override string ToString() => Versus is int versus
        ? Invariant($"#{Index}: {Logit:F2} for {Class} against {versus}")
        : Invariant($"#{Index}: {Logit:F2} for {Class}");

    private static void RequireClass(string name, int? @class)
    {
        if (@class is < 0 or >= DigitSet.ClassCount)
        {
            throw new SettingException(name, $"`{name}` is {@class}; a class is 0 to {DigitSet.ClassCount - 1}.");
        }
    }

    private static Digit AsSeen(Digit digit, Matrix x)
    {
        var pixels = new byte[x.RowCount];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Round(Math.Clamp(x[i, 0], 0, 1) * 255);
        }

        return new Digit(digit.Index, digit.Label, pixels, digit.Rows, digit.Columns, digit.Source, digit.Set);
    }

    private static Matrix AsImage(Matrix column, Digit digit)
    {
        var image = new double[digit.Rows, digit.Columns];
        for (int i = 0; i < column.RowCount; i++)
        {
            image[i / digit.Columns, i % digit.Columns] = column[i, 0];
        }

        return new Matrix(image, "contributions");
    }
}
