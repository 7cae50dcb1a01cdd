using System.Globalization;
using System.Text.RegularExpressions;

namespace MnistNet;

/// <summary>
/// Makes a network of arrays that another program named. Names that come in pairs, such as <c>fc1.weight</c> and
/// <c>fc1.bias</c>, and their order settle which array is which; otherwise the shapes must, in one way only.
/// </summary>
internal static partial class ForeignParameters
{
    private const int MaximumLayers = 16;

    // The trials double with each layer whose orientation the shapes leave open; no real network comes near this.
    private const int MaximumTrials = 100_000;

    /// <summary>W1, b1, W2, b2 … of the arrays.</summary>
    /// <param name="arrays">The arrays, in the order of the file.</param>
    /// <param name="reading">Told how the arrays were understood.</param>
    /// <exception cref="DataFormatException">The arrays make no network, or several.</exception>
    public static IReadOnlyList<Matrix> Order(IReadOnlyList<ForeignArray> arrays, NetworkReading reading)
    {
        ForeignArray[] weights =
            [.. arrays.Where(array => array.IsMatrix).OrderBy(array => Natural(array.Name), StringComparer.Ordinal)];
        ForeignArray[] biases =
            [.. arrays.Where(array => !array.IsMatrix).OrderBy(array => Natural(array.Name), StringComparer.Ordinal)];
        string found = arrays.Count == 0
            ? "nothing"
            : string.Join(", ", arrays.Take(12).Select(array => $"{array.Name} {array.ShapeText}"));
        if (weights.Length is 0 or > MaximumLayers || biases.Length != weights.Length)
        {
            throw reading.Fail(
                "NetworkArraysUnknown",
                $"found {found}; expected a matrix and a vector for each layer, such as W1, b1, W2, b2 "
                    + "or fc1.weight, fc1.bias, fc2.weight, fc2.bias.");
        }

        // The order of the names, when they are in pairs, is the order of the layers; only orientation is open then.
        bool isPaired = weights.Zip(biases).All(pair => Stem(pair.First.Name) == Stem(pair.Second.Name));
        List<Chain> chains = isPaired ? Orientations(weights, biases) : [];
        string how = "in the order of their names";
        if (chains.Count == 0)
        {
            chains = Arrangements(weights, biases);
            how = "by their shapes";
        }

        Chain[] distinct = [.. chains.DistinctBy(chain => chain.Key)];
        if (distinct.Length > 1 && isPaired)
        {
            // Square matrices look the same both ways; the convention that the names belong to decides.
            distinct =
            [
                .. distinct.Where(chain =>
                    chain.Transposed.All(transposed => transposed == IsInputsFirst(weights[0].Name))),
            ];
        }

        Chain only = distinct.Length switch
        {
            1 => distinct[0],
            0 => throw reading.Fail(
                "NetworkArraysUnfit",
                $"found {found}; no order of them makes a network that ends in {DigitSet.ClassCount} classes."),
            _ => throw reading.Fail(
                "NetworkArraysAmbiguous",
                $"found {found}; they make a network in several ways. Name them W1, b1, W2, b2 …, W outputs × inputs."),
        };
        reading.Note($"{reading.Path}: read {how}: " + string.Join(", ", only.Weights.Select((weight, l) =>
            $"{weight.Name}{(only.Transposed[l] ? " transposed" : "")} as W{l + 1}, {only.Biases[l].Name} as "
                + $"b{l + 1}")) + ".");
        return
        [
            .. only.Weights.SelectMany((weight, l) => new[]
            {
                weight.ToMatrix($"W{l + 1}", only.Transposed[l]), only.Biases[l].ToColumn($"b{l + 1}"),
            }),
        ];
    }

    private static List<Chain> Orientations(ForeignArray[] weights, ForeignArray[] biases)
    {
        var chains = new List<Chain>();
        foreach (bool transposed in new[] { false, true })
        {
            bool[] all = [.. weights.Select(_ => transposed)];
            if (IsChain(weights, biases, all))
            {
                chains.Add(new Chain(weights, biases, all));
            }
        }

        return chains;
    }

    /// <summary>
    /// Every order and orientation of the matrices that fits together, from the classes back to the pixels.
    /// </summary>
    private static List<Chain> Arrangements(ForeignArray[] weights, ForeignArray[] biases)
    {
        var chains = new List<Chain>();
        int trials = 0;
        Extend([], [], [], DigitSet.ClassCount);
        return chains;

        void Extend(List<ForeignArray> matrices, List<ForeignArray> vectors, List<bool> transposed, int outputs)
        {
            if (matrices.Count == weights.Length)
            {
                chains.Add(new Chain([.. matrices], [.. vectors], [.. transposed]));
                return;
            }

            foreach (ForeignArray matrix in weights.Except(matrices))
            {
                foreach (bool turned in new[] { false, true })
                {
                    (int rows, int columns) = turned ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
                    if (rows != outputs || ++trials > MaximumTrials || chains.Count > 1)
                    {
                        continue;
                    }

                    foreach (ForeignArray vector in biases.Except(vectors).Where(vector => vector.Length == rows))
                    {
                        Extend([matrix, .. matrices], [vector, .. vectors], [turned, .. transposed], columns);
                    }
                }
            }
        }
    }

    private static bool IsChain(ForeignArray[] weights, ForeignArray[] biases, bool[] transposed)
    {
        int inputs = -1;
        for (int l = 0; l < weights.Length; l++)
        {
            (int rows, int columns) = transposed[l]
                ? (weights[l].Columns, weights[l].Rows)
                : (weights[l].Rows, weights[l].Columns);
            if ((l > 0 && columns != inputs) || biases[l].Length != rows)
            {
                return false;
            }

            inputs = rows;
        }

        return inputs == DigitSet.ClassCount;
    }

    /// <summary>
    /// Keras' kernels and scikit-learn's coefs_ are inputs × outputs; PyTorch's weights and W are outputs × inputs.
    /// </summary>
    private static bool IsInputsFirst(string name) =>
        name.Contains(
            "kernel",
            StringComparison.OrdinalIgnoreCase) || name.StartsWith("coef", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What a weight and its bias have in common: <c>fc1.</c> of fc1.weight and fc1.bias, <c>1</c> of W1 and b1.
    /// </summary>
    private static string Stem(string name) => KindWord().Replace(name, "", 1);

    /// <summary>A name by which 10 comes after 9: each number is as long as the longest.</summary>
    private static string Natural(string name) =>
        Number().Replace(name, match => match.Value.PadLeft(9, '0'));

    [GeneratedRegex(
        @"weights?|kernel|coefs?_?|biase?s?|intercepts?_?|^[Ww](?=\d)|^[Bb](?=\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KindWord();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    private sealed record Chain(ForeignArray[] Weights, ForeignArray[] Biases, bool[] Transposed)
    {
        public string Key => string.Join(';', Weights.Select((weight, l) => string.Create(
            CultureInfo.InvariantCulture, $"{weight.Name},{Transposed[l]},{Biases[l].Name}")));
    }
}
