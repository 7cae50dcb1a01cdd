using System.Globalization;
using static System.FormattableString;

namespace MnistNet;

/// <summary>Every matrix of a forward propagation, and what came of it.</summary>
public sealed class ForwardPass : ISymbolTable
{
    internal ForwardPass(Network network, IReadOnlyList<Matrix> z, IReadOnlyList<Matrix> a, Matrix? y)
    {
        Network = network;
        Z = z;
        A = a;
        Y = y;
        if (y is not null)
        {
            Loss = MeanLoss(z[^1], y);
            Accuracy = a[^1].ArgMax().Zip(y.ArgMax()).Count(pair => pair.First == pair.Second) / (double)y.ColumnCount;
        }
    }

    /// <summary>The network that the images went through.</summary>
    public Network Network { get; }

    /// <summary>The images, 784×m: one a column.</summary>
    public Matrix X => A[0];

    /// <summary>The one-hot labels, 10×m; null without labels.</summary>
    public Matrix? Y { get; }

    /// <summary>The mean loss L = −(1/m) Σ log A[label] of the last layer; null without labels.</summary>
    public double? Loss { get; }

    /// <summary>The share of images whose largest probability is at their label; null without labels.</summary>
    public double? Accuracy { get; }

    /// <summary>m: the number of images.</summary>
    public int Count => X.ColumnCount;

    /// <summary>X, Z1, A1, Z2, A2 …, in the order in which they were computed, and Y.</summary>
    public IReadOnlyList<Matrix> Matrices
    {
        get
        {
            var matrices = new List<Matrix> { X };
            for (int l = 0; l < Z.Count; l++)
            {
                matrices.Add(Z[l]);
                matrices.Add(A[l + 1]);
            }

            if (Y is not null)
            {
                matrices.Add(Y);
            }

            return matrices;
        }
    }

    /// <summary>A matrix by its symbol, such as <c>Z1</c>; null when there is none of that name.</summary>
    public Matrix? this[string symbol] => Matrices.FirstOrDefault(matrix => matrix.Name == symbol);

    /// <summary>The sums of each layer: Z1 at 0, Z2 at 1 ….</summary>
    internal IReadOnlyList<Matrix> Z { get; }

    /// <summary>What each layer gives: X at 0, A1 at 1 ….</summary>
    internal IReadOnlyList<Matrix> A { get; }

    /// <summary>
    /// L = −(1/m) Σ Y ∘ log A, with log A = log softmax(Z) of the last layer. With one-hot columns only the label's
    /// term is left of each sum. This is the one definition of the loss; the kernels compute the same from their
    /// logits.
    /// </summary>
    internal static double MeanLoss(Matrix z, Matrix y) => -y.Hadamard(z.LogSoftmax()).Sum() / y.ColumnCount;

    /// <summary>What a prompt shows: loss and accuracy, and a line for each matrix.</summary>
    public string ToText() => $"{this}\n{Matrix.Summarise(Matrices)}";

    /// <summary>Such as <c>784-10-10 ReLU on 1,000 images, loss 2.3105, accuracy 0.1030</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Network} on {Count:N0} "
            + $"images{(Loss is double loss ? Invariant($", loss {loss:F4}, accuracy {Accuracy:F4}") : "")}");
}
