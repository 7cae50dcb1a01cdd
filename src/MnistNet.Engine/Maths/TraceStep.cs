namespace MnistNet;

/// <summary>
/// One step of a digit through a network: what is computed, how, and what came out. Flat, for <c>Export-Csv</c>.
/// </summary>
public sealed class TraceStep
{
    /// <summary>Below the step, not below its number.</summary>
    private const string Indent = "    ";

    private const int LeastRoom = 24;

    internal TraceStep(
        int step, string symbol, string formula, string shape, string value, string explanation, Matrix? matrix)
    {
        Step = step;
        Symbol = symbol;
        Formula = formula;
        Shape = shape;
        Value = value;
        Explanation = explanation;
        Matrix = matrix;
    }

    /// <summary>The number of the step, counted from 1.</summary>
    public int Step { get; }

    /// <summary>What is computed, such as <c>Z1</c>.</summary>
    public string Symbol { get; }

    /// <summary>How, such as <c>W1·X + b1</c>.</summary>
    public string Formula { get; }

    /// <summary>Rows × columns of what came out.</summary>
    public string Shape { get; }

    /// <summary>What came out: the numbers when they are few, else their range.</summary>
    public string Value { get; }

    /// <summary>What that means, in a sentence.</summary>
    public string Explanation { get; }

    /// <summary>What came out, in full; null for a step that gives no matrix.</summary>
    public Matrix? Matrix { get; }

    /// <summary>The image itself, in the step that takes it in; null in all others.</summary>
    internal Digit? Image { get; init; }

    /// <summary>
    /// The step with its value, and the sentence: two lines where 100 columns are to be had. In fewer, words go to
    /// further lines, below the step and not below its number.
    /// </summary>
    /// <param name="width">The most characters of a line.</param>
    public string ToText(int width = 100)
    {
        string number = $"{Step,2}  ", head = $"{this,-30} {Shape,-7}", line = $"{number}{head} {Value}";
        int room = Math.Max(width - Indent.Length, LeastRoom);
        string[] lines = line.Length <= room + Indent.Length
            ? [line]
            : [.. Wrap(head.TrimEnd(), room, number), .. Wrap(Value, room, Indent)];
        return string.Join('\n', [.. lines, .. Wrap(Explanation, room, Indent)]);
    }

    /// <summary>Such as <c>Z1 = W1·X + b1</c>, or <c>W1 ← W1 − α·dW1</c>.</summary>
    public override string ToString() =>
        Formula.StartsWith($"{Symbol} ", StringComparison.Ordinal) ? $"{Symbol} ← {Formula}" : $"{Symbol} = {Formula}";

    private static IEnumerable<string> Wrap(string text, int room, string first)
    {
        string line = "", indent = first;
        string[] words = text.Length <= room ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                yield return indent + line;
                (line, indent) = ("", Indent);
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return indent + line;
    }
}
