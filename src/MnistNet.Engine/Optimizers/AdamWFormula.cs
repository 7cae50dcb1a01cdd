namespace MnistNet;

/// <summary>θ ← (1 − α·λ)·θ, then Adam without λ in the gradient: algorithm 2 of Loshchilov and Hutter.</summary>
internal sealed class AdamWFormula : AdamFormula
{
    public static new readonly AdamWFormula Instance = new();

    public override bool HasDecoupledDecay => true;
}
