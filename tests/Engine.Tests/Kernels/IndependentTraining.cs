namespace MnistNet.Tests;

/// <summary>
/// Training once more, in float64 and plain loops, written from the published formulas and not from this project's: no
/// kernel, no matrix, no schedule and no update of the engine takes part. Only the order of the images is the engine's.
/// </summary>
internal sealed class IndependentTraining
{
    private readonly KernelCase _case;
    private readonly double[][,] _w;
    private readonly double[][] _b;
    private readonly double[][,] _dw;
    private readonly double[][] _db;

    public IndependentTraining(KernelCase from)
    {
        _case = from;
        int layers = from.Network.Layers.Count;
        _w = new double[layers][,];
        _b = new double[layers][];
        for (int l = 0; l < layers; l++)
        {
            Layer layer = from.Network.Layers[l];
            _w[l] = new double[layer.Outputs, layer.Inputs];
            _b[l] = new double[layer.Outputs];
            for (int o = 0; o < layer.Outputs; o++)
            {
                _b[l][o] = (float)layer.Biases[o, 0];
                for (int k = 0; k < layer.Inputs; k++)
                {
                    _w[l][o, k] = (float)layer.Weights[o, k];
                }
            }
        }

        _dw = [.. _w.Select(w => new double[w.GetLength(0), w.GetLength(1)])];
        _db = [.. _b.Select(b => new double[b.Length])];
        FirstMoments = [.. _w.Select(w => new double[w.Length])];
        SecondMoments = [.. _w.Select(w => new double[w.Length])];
        FirstBiasMoments = [.. _b.Select(b => new double[b.Length])];
        SecondBiasMoments = [.. _b.Select(b => new double[b.Length])];
    }

    /// <summary>How near the sum of any hidden unit came to 0, where ReLU has its kink.</summary>
    public double NearestToKink { get; private set; } = double.PositiveInfinity;

    /// <summary>The mean loss of the first epoch's images, each before the update that it took part in.</summary>
    public double FirstLoss { get; private set; }

    private double[][] FirstMoments { get; }

    private double[][] SecondMoments { get; }

    private double[][] FirstBiasMoments { get; }

    private double[][] SecondBiasMoments { get; }

    public void Run()
    {
        TrainingSettings s = _case.Settings;
        int count = _case.Digits.Count, batch = s.BatchSize ?? count, perEpoch = (count + batch - 1) / batch;
        var order = Enumerable.Range(0, count).ToArray();
        for (int step = 0; step < s.Iterations; step++)
        {
            if (batch < count && step % perEpoch == 0)
            {
                ImageOrder.Shuffle(order, s.Seed, step / perEpoch);
            }

            int start = step % perEpoch * batch, end = Math.Min(count, start + batch);
            double loss = 0;
            for (int i = start; i < end; i++)
            {
                loss += Backpropagate(order[i], 1.0 / (end - start));
            }

            FirstLoss += step < perEpoch ? loss * (end - start) / Math.Min(count, (double)s.Iterations! * batch) : 0;
            Update(step, Rate(step, s.Iterations!.Value));
        }
    }

    /// <summary>
    /// The Euclidean length of the difference from a network, relative to the length of these parameters.
    /// </summary>
    public double DifferenceFrom(Network network)
    {
        double difference = 0, length = 0;
        for (int l = 0; l < _w.Length; l++)
        {
            for (int o = 0; o < _b[l].Length; o++)
            {
                for (int k = 0; k < _w[l].GetLength(1); k++)
                {
                    difference += Math.Pow(network.Layers[l].Weights[o, k] - _w[l][o, k], 2);
                    length += Math.Pow(_w[l][o, k], 2);
                }

                difference += Math.Pow(network.Layers[l].Biases[o, 0] - _b[l][o], 2);
                length += Math.Pow(_b[l][o], 2);
            }
        }

        return Math.Sqrt(difference / length);
    }

    private double Backpropagate(int image, double share)
    {
        int layers = _w.Length, pixels = _case.Digits.PixelCount;
        var a = new double[layers + 1][];
        a[0] = new double[pixels];
        for (int p = 0; p < pixels; p++)
        {
            a[0][p] = _case.Digits.Pixels[(image * pixels) + p] / 255.0;
        }

        var z = new double[layers][];
        for (int l = 0; l < layers; l++)
        {
            z[l] = new double[_b[l].Length];
            a[l + 1] = new double[_b[l].Length];
            for (int o = 0; o < _b[l].Length; o++)
            {
                double sum = _b[l][o];
                for (int k = 0; k < a[l].Length; k++)
                {
                    sum += _w[l][o, k] * a[l][k];
                }

                z[l][o] = sum;
                if (l < layers - 1)
                {
                    NearestToKink = Math.Min(NearestToKink, Math.Abs(sum));
                    a[l + 1][o] = Activate(sum);
                }
            }
        }

        double[] logits = z[^1], d = new double[logits.Length];
        double largest = logits.Max(), total = logits.Sum(v => Math.Exp(v - largest)), loss = 0;
        for (int c = 0; c < logits.Length; c++)
        {
            double smoothing = _case.Settings.LabelSmoothing;
            double y = (smoothing / 10) + (c == _case.Digits.Labels[image] ? 1 - smoothing : 0);
            double logP = logits[c] - largest - Math.Log(total);
            loss -= y * logP;
            d[c] = Math.Exp(logP) - y;
        }

        for (int l = layers - 1; l >= 0; l--)
        {
            var below = new double[a[l].Length];
            for (int o = 0; o < d.Length; o++)
            {
                _db[l][o] += share * d[o];
                for (int k = 0; k < a[l].Length; k++)
                {
                    _dw[l][o, k] += share * d[o] * a[l][k];
                    below[k] += d[o] * _w[l][o, k];
                }
            }

            if (l > 0)
            {
                d = [.. below.Select((value, k) => value * Derivative(z[l - 1][k]))];
            }
        }

        return loss * share;
    }

    private double Activate(double z) => _case.Network.Activation switch
    {
        Activation.ReLU => z > 0 ? z : 0,
        Activation.LeakyReLU => z > 0 ? z : z / 100,
        Activation.Tanh => Math.Tanh(z),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-z)),
        _ => throw new NotSupportedException(),
    };

    private double Derivative(double z) => _case.Network.Activation switch
    {
        Activation.ReLU => z > 0 ? 1 : 0,
        Activation.LeakyReLU => z > 0 ? 1 : 0.01,
        Activation.Tanh => 1 - (Math.Tanh(z) * Math.Tanh(z)),
        Activation.Sigmoid => Activate(z) * (1 - Activate(z)),
        _ => throw new NotSupportedException(),
    };

    private double Rate(int step, int steps)
    {
        TrainingSettings s = _case.Settings;
        double alpha = s.Alpha!.Value, warm = s.Schedule == Schedule.OneCycle && s.WarmUp == 0 ? 0.3 : s.WarmUp;
        double rise = warm * steps;
        if (step < rise)
        {
            double begun = step / rise;
            return s.Schedule == Schedule.OneCycle
                ? (alpha / 25) + ((alpha - (alpha / 25)) * (1 - Math.Cos(Math.PI * begun)) / 2)
                : alpha * (step + 1) / Math.Max(rise, 1);
        }

        double rest = steps - rise, done = rest <= 1 ? 0 : (step - rise) / rest;
        double lowest = alpha / 25 / 10_000;
        return s.Schedule switch
        {
            Schedule.Constant => alpha,
            Schedule.Step => alpha / Math.Pow(2, Math.Floor(5 * done)),
            Schedule.Cosine => alpha * (1 + Math.Cos(Math.PI * done)) / 2,
            Schedule.OneCycle => lowest
                + ((alpha - lowest) * (1 + Math.Cos(Math.PI * Math.Min(1, (step - rise) / Math.Max(rest - 1, 1)))) / 2),
            _ => throw new NotSupportedException(),
        };
    }

    private void Update(int step, double alpha)
    {
        for (int l = 0; l < _w.Length; l++)
        {
            int inputs = _w[l].GetLength(1);
            for (int o = 0; o < _b[l].Length; o++)
            {
                for (int k = 0; k < inputs; k++)
                {
                    int at = (o * inputs) + k;
                    _w[l][o, k] = Updated(
                        _w[l][o, k],
                        _dw[l][o, k],
                        ref FirstMoments[l][at],
                        ref SecondMoments[l][at],
                        step,
                        alpha,
                        true);
                    _dw[l][o, k] = 0;
                }

                _b[l][o] = Updated(
                    _b[l][o], _db[l][o], ref FirstBiasMoments[l][o], ref SecondBiasMoments[l][o], step, alpha, false);
                _db[l][o] = 0;
            }
        }
    }

    private double Updated(
        double theta, double g, ref double first, ref double second, int step, double alpha, bool isWeight)
    {
        TrainingSettings s = _case.Settings;
        double decay = isWeight ? s.WeightDecay : 0;
        if (s.Optimizer == Optimizer.AdamW)
        {
            theta -= alpha * decay * theta;
        }
        else
        {
            g += decay * theta;
        }

        switch (s.Optimizer)
        {
            case Optimizer.GradientDescent:
                return theta - (alpha * g);
            case Optimizer.Momentum:
                first = (s.Momentum * first) + g;
                return theta - (alpha * first);
            case Optimizer.Nesterov:
                first = (s.Momentum * first) + g;
                return theta - (alpha * (g + (s.Momentum * first)));
            case Optimizer.Adam or Optimizer.AdamW:
                first = (s.Beta1 * first) + ((1 - s.Beta1) * g);
                second = (s.Beta2 * second) + ((1 - s.Beta2) * g * g);
                double m = first / (1 - Math.Pow(s.Beta1, step + 1)), v = second / (1 - Math.Pow(s.Beta2, step + 1));
                return theta - (alpha * m / (Math.Sqrt(v) + s.Epsilon));
            default:
                throw new NotSupportedException();
        }
    }
}
