using System.Globalization;

namespace MnistNet;

/// <summary>
/// Follows one digit through a network, and, when it is known what the digit is, the error back to the weights.
/// </summary>
public sealed class PredictionTrace
{
    /// <summary>
    /// The width that ten numbers may take in a terminal of 100 columns, beside step, formula and shape.
    /// </summary>
    private const int ValueWidth = 57;

    private readonly List<TraceStep> _steps = [];

    private PredictionTrace()
    {
    }

    /// <summary>
    /// The steps from the pixels to the answer; with a label also the error, the gradient and what one update would
    /// change.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="digit">The digit.</param>
    /// <param name="label">What it is; null for the digit's own label, if it has one.</param>
    /// <param name="alpha">The learning rate α of the update.</param>
    /// <exception cref="ShapeException">The network does not fit the digit.</exception>
    /// <exception cref="SettingException">The label is not 0 to 9, or α is not a positive number.</exception>
    public static IReadOnlyList<TraceStep> Run(Network network, Digit digit, int? label = null, double alpha = 0.1)
    {
        if ((label ?? digit.Label) is int given && given is < 0 or >= DigitSet.ClassCount)
        {
            throw new SettingException("Label", $"Label is {given}; a digit is 0 to 9.");
        }

        var labelled = new Digit(digit.Index, label ?? digit.Label, digit.Pixels, digit.Rows, digit.Columns);
        ForwardPass pass = ForwardPropagation.Run(network, DigitSet.FromDigits([labelled]));
        var trace = new PredictionTrace();
        trace.AddImage(digit, pass);
        trace.AddForward(pass, digit.Set);
        if (labelled.Label is int known)
        {
            Gradient gradient = Backpropagation.Run(pass);
            trace.AddError(pass, gradient, known);
            trace.AddBackward(gradient);
            trace.AddUpdate(pass, gradient, alpha, known);
        }

        return trace._steps;
    }

    private void AddImage(Digit digit, ForwardPass pass)
    {
        int ink = digit.Pixels.Count(pixel => pixel > 0);
        _steps.Add(new TraceStep(
            _steps.Count + 1,
            "image",
            "grey levels 0 to 255",
            Invariant($"{digit.Rows}×{digit.Columns}"),
            Invariant($"{ink} of {digit.Pixels.Length} pixels have ink"),
            "The image as it was scanned: 0 is background, 255 is full ink.",
            null)
        {
            Image = digit,
        });
        Add("X", "image / 255, as one column", pass.X,
            "Its rows one after another, as one column of numbers from 0 to 1: what a layer can multiply.");
    }

    private void AddForward(ForwardPass pass, string set)
    {
        Network network = pass.Network;
        int last = network.Layers.Count;
        foreach (Layer layer in network.Layers)
        {
            int l = layer.Number;
            string below = l == 1 ? "X" : $"A{l - 1}";
            Matrix Z = pass.Z[l - 1], A = pass.A[l];
            int largest = Z.ArgMax()[0];
            Add($"Z{l}", $"W{l}·{below} + b{l}", Z, l < last
                ? Invariant($"Each of {layer.Outputs} units weighs its {layer.Inputs} inputs, adds them up, ")
                    + Invariant($"adds its bias; unit {largest} has most.")
                : Invariant($"A score for each digit 0 to 9, weighed from the {layer.Inputs} values below; ")
                    + Invariant($"{largest} leads with {Z[largest, 0]:F2}."));
            Add($"A{l}", l < last ? FunctionOf(network.Activation, $"Z{l}") : $"softmax(Z{l})", A, l < last
                ? EffectOf(network.Activation, A)
                : "The scores as shares of one whole: the probabilities of 0 to 9.");
        }

        Add(
            "answer",
            $"argmax A{last}",
            "1×1",
            Invariant($"{Answer(pass)}"),
            Invariant($"The row with the largest share: the network says {ClassNames.Text(set, Answer(pass))}, ")
                + Invariant($"and gives it {Probability(pass, Answer(pass)):P1}."));
    }

    private void AddError(ForwardPass pass, Gradient gradient, int label)
    {
        int last = pass.Network.Layers.Count;
        double shortfall = 1 - Probability(pass, label);
        Add(
            "Y",
            $"one-hot of the label {label}",
            pass.Y!,
            Invariant($"What A{last} should have been: a 1 in row {label}, 0 in the others."));
        Add("L", $"−log A{last}[{label}]", "1×1", Invariant($"{pass.Loss:F4}"),
            "The loss: 0 for certainty in the right digit; an even guess among ten costs 2.3026.");
        Add(
            $"dZ{last}",
            $"A{last} − Y",
            gradient.DZ[^1],
            Invariant(
                $"The error of each score: too high is positive, too low negative. {label} is {shortfall:F2} short."));
    }

    private void AddBackward(Gradient gradient)
    {
        Network network = gradient.Network;
        int last = network.Layers.Count;
        for (int l = last; l >= 1; l--)
        {
            if (l < last)
            {
                Add($"dZ{l}", $"(W{l + 1}ᵀ·dZ{l + 1}) ∘ {SlopeOf(network.Activation, $"Z{l}")}", gradient.DZ[l - 1],
                    "The error carried back through the weights: each unit's blame, times its own slope.");
            }

            Add($"dW{l}", $"(1/m) dZ{l}·{(l == 1 ? "X" : $"A{l - 1}")}ᵀ", gradient.DW[l - 1],
                "Each weight's share: the error of its unit, times what came in through it. Here m is 1.");
            Add($"db{l}", $"(1/m) row sums of dZ{l}", gradient.Db[l - 1], "Each bias's share: the error of its unit.");
        }
    }

    private void AddUpdate(ForwardPass pass, Gradient gradient, double alpha, int label)
    {
        Network network = pass.Network;
        Network updated = GradientDescent.Update(network, gradient, alpha);
        var changes = network.Parameters.Zip(gradient.Parameters, updated.Parameters);
        foreach ((Matrix before, Matrix d, Matrix after) in changes)
        {
            AddChange(before, d, after, alpha);
        }

        ForwardPass again = ForwardPropagation.Run(updated, pass.X, pass.Y);
        Add(
            "L after",
            $"−log A{network.Layers.Count}[{label}], updated",
            "1×1",
            Invariant($"{again.Loss:F4}"),
            Invariant($"The same digit after one step: loss {pass.Loss:F4} → {again.Loss:F4}; {label} goes from ")
                + Invariant($"{Probability(pass, label):P1} to {Probability(again, label):P1}."));
    }

    private void AddChange(Matrix before, Matrix d, Matrix after, double alpha)
    {
        int column = 0, row = 0;
        for (int c = 0; c < d.ColumnCount; c++)
        {
            for (int r = 0; r < d.RowCount; r++)
            {
                (row, column) = Math.Abs(d[r, c]) > Math.Abs(d[row, column]) ? (r, c) : (row, column);
            }
        }

        Add(
            before.Name,
            Invariant($"{before.Name} − α·{d.Name}, α = {alpha}"),
            before.Shape,
            Invariant($"{before.Name}[{row},{column}]: {before[row, column]:F4} → {after[row, column]:F4}"),
            "One step down the slope; this entry has the steepest and moves most.",
            after);
    }

    private void Add(string symbol, string formula, Matrix matrix, string explanation)
        => Add(symbol, formula, matrix.Shape, Numbers(matrix), explanation, matrix);

    private void Add(
        string symbol, string formula, string shape, string value, string explanation, Matrix? matrix = null)
        => _steps.Add(new TraceStep(_steps.Count + 1, symbol, formula, shape, value, explanation, matrix));

    /// <summary>A column's numbers when they are few, else their range.</summary>
    private static string Numbers(Matrix matrix)
    {
        // Adding 0 turns the −0 that ∘ leaves behind into 0.
        double[] values = Array.ConvertAll(matrix.Values.Values, value => value + 0);
        double largest = values.Max(Math.Abs);
        if (matrix.ColumnCount == 1 && matrix.RowCount <= DigitSet.ClassCount && (largest == 0 || largest >= 0.1))
        {
            foreach (string format in new[] { "F2", "F1" })
            {
                string numbers = string.Join(
                    ' ',
                    values.Select(
                        value => value.ToString(
                            double.IsInteger(value) ? "F0" : format, CultureInfo.InvariantCulture)));
                if (numbers.Length <= ValueWidth)
                {
                    return numbers;
                }
            }
        }

        string range = NumberFormat.For(values);
        string low = matrix.Min().ToString(range, CultureInfo.InvariantCulture);
        string high = matrix.Max().ToString(range, CultureInfo.InvariantCulture);
        return Invariant($"{low} to {high}, {values.Count(value => value != 0)} of {values.Length} not 0");
    }

    private static string FunctionOf(Activation activation, string z) => activation switch
    {
        Activation.ReLU => $"ReLU({z})",
        Activation.Tanh => $"tanh({z})",
        Activation.Sigmoid => $"1 / (1 + e^−{z})",
        Activation.ReLU or Activation.LeakyReLU => $"{activation}({z})",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Its formula is not known here."),
    };

    private static string SlopeOf(Activation activation, string z) =>
        activation == Activation.ReLU ? $"[{z} > 0]" : $"f′({z})";

    private static string EffectOf(Activation activation, Matrix a) => activation switch
    {
        Activation.ReLU => "ReLU passes positive sums on and stops the others: "
            + Invariant($"{a.Numbers.ToArray().Count(value => value > 0)} of {a.RowCount} units are on."),
        Activation.LeakyReLU => "LeakyReLU passes positive sums on, and a hundredth of the negative ones.",
        Activation.Tanh => "tanh squeezes each sum into −1 to 1.",
        Activation.Sigmoid => "The sigmoid squeezes each sum into 0 to 1.",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Its effect is not known here."),
    };

    private static int Answer(ForwardPass pass) => pass.A[^1].ArgMax()[0];

    private static double Probability(ForwardPass pass, int digit) => pass.A[^1][digit, 0];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
