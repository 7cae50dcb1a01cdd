namespace MnistNet;

/// <summary>The constants of all update rules, the same for every step of a run.</summary>
/// <param name="Momentum">μ of Momentum and Nesterov.</param>
/// <param name="Beta1">β₁ of Adam and AdamW.</param>
/// <param name="Beta2">β₂ of Adam and AdamW.</param>
/// <param name="Epsilon">ε of Adam and AdamW.</param>
/// <param name="WeightDecay">λ: pulls weights, not biases, towards 0.</param>
internal readonly record struct OptimizerConstants(
    double Momentum, double Beta1, double Beta2, double Epsilon, double WeightDecay);
