using MnistNet.Kernels;

namespace MnistNet;

/// <summary>
/// Several networks asked as one: the mean of their log-probabilities, made probabilities again. That is the geometric
/// mean of what they say (G. Hinton, 2002, calls it a product of experts).
/// </summary>
internal static class Ensemble
{
    /// <summary>Throws unless the networks can be asked the same digits.</summary>
    /// <exception cref="ShapeException">There are none, or they take inputs of different numbers.</exception>
    internal static void RequireOne(IReadOnlyList<Network> networks)
    {
        if (networks.Count == 0)
        {
            throw new ShapeException("No network was given: at least one is needed.", "NoNetwork");
        }

        Network? other = networks.FirstOrDefault(network
            => network.Inputs != networks[0].Inputs || network.Outputs != networks[0].Outputs);
        if (other is not null)
        {
            throw new ShapeException(
                $"The networks {networks[0].Title} and {other.Title} cannot be averaged: one takes "
                    + $"{networks[0].Inputs} "
                + $"pixels and gives {networks[0].Outputs} classes, the other {other.Inputs} and {other.Outputs}. "
                + "Ask them one at a time.",
                "EnsembleShapesDiffer");
        }
    }

    /// <summary>How the networks are named in what they say.</summary>
    internal static string Name(IReadOnlyList<Network> networks)
        => string.Join(" + ", networks.Select(network => network.Title));

    /// <summary>Averages what several networks say of the same digits.</summary>
    internal static Answers Average(IReadOnlyList<Answers> each, DigitSet data)
    {
        const int Classes = DigitSet.ClassCount;
        var probabilities = new float[data.Count * Classes];
        var losses = new float[data.IsLabeled ? data.Count : 0];
        Span<double> logits = stackalloc double[Classes];
        for (int i = 0; i < data.Count; i++)
        {
            logits.Clear();
            foreach (Answers answers in each)
            {
                ReadOnlySpan<float> p = answers.Of(i);
                for (int c = 0; c < Classes; c++)
                {
                    // A probability too small for float32 counts as the smallest there is.
                    logits[c] += Math.Log(Math.Max(p[c], float.Epsilon)) / each.Count;
                }
            }

            double sum = 0;
            foreach (double logit in logits)
            {
                sum += Math.Exp(logit);
            }

            for (int c = 0; c < Classes; c++)
            {
                probabilities[(i * Classes) + c] = (float)(Math.Exp(logits[c]) / sum);
            }

            if (data.IsLabeled)
            {
                losses[i] = (float)(Math.Log(sum) - logits[data.Labels[i]]);
            }
        }

        return new Answers(probabilities, losses);
    }
}
