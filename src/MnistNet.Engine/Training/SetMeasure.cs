using MnistNet.Kernels;

namespace MnistNet;

/// <summary>Measures parameters of a training on a set, without making a network of them first.</summary>
internal sealed class SetMeasure : IDisposable
{
    private readonly InferenceKernel _kernel;

    /// <summary>Prepares for the digits of a set.</summary>
    /// <param name="network">The shape.</param>
    /// <param name="set">Labelled digits that fit it.</param>
    /// <param name="team">The workers; not disposed here.</param>
    internal SetMeasure(Network network, DigitSet set, WorkerTeam team) =>
        _kernel = new InferenceKernel(network, set, team);

    /// <summary>The mean loss and the accuracy; null when it was cancelled before the end.</summary>
    internal (double Loss, double Accuracy)? Of(ReadOnlySpan<float> parameters, CancellationToken cancellation)
    {
        parameters.CopyTo(_kernel.Parameters);
        try
        {
            return _kernel.Measure(cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>How often each digit (row) is taken for each (column).</summary>
    /// <param name="parameters">The parameters, in the kernels' layout.</param>
    /// <param name="labels">The set's labels.</param>
    internal int[,] Confusion(ReadOnlySpan<float> parameters, ReadOnlySpan<byte> labels)
    {
        parameters.CopyTo(_kernel.Parameters);
        float[] probabilities = _kernel.Answer(CancellationToken.None).Probabilities;
        var counts = new int[DigitSet.ClassCount, DigitSet.ClassCount];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> answer = probabilities.AsSpan(i * DigitSet.ClassCount, DigitSet.ClassCount);
            int predicted = 0;
            for (int c = 1; c < answer.Length; c++)
            {
                predicted = answer[c] > answer[predicted] ? c : predicted;
            }

            counts[labels[i], predicted]++;
        }

        return counts;
    }

    public void Dispose() => _kernel.Dispose();
}
