namespace MnistNet;

/// <summary>
/// One step of a digit through a network: what is computed, how, and what came out. Flat, for <c>Export-Csv</c>.
/// </summary>
public sealed class TraceStep
{
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

    /// <summary>Two lines for a terminal of 100 columns: the step with its value, and the sentence.</summary>
    public string ToText() => $"{Step,2}  {this,-30} {Shape,-7} {Value}\n    {Explanation}";

    /// <summary>Such as <c>Z1 = W1·X + b1</c>, or <c>W1 ← W1 − α·dW1</c>.</summary>
    public override string ToString() =>
        Formula.StartsWith($"{Symbol} ", StringComparison.Ordinal) ? $"{Symbol} ← {Formula}" : $"{Symbol} = {Formula}";
}
