namespace MnistNet.Tests;

/// <summary>
/// There is one loss, wherever it is told: −log of the label's probability, from the logits, however small that
/// probability is.
/// </summary>
public sealed class LossTests
{
    // From weights as they are to weights so large that nearly every probability is 0 or 1 in float32, and in float64.
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1000)]
    [InlineData(1e6)]
    [InlineData(1e12)]
    public void Training_measuring_predicting_and_the_formulas_tell_the_same_loss(double scale)
    {
        DigitSet digits = SmallBatch.Digits(333, seed: 4, rows: 6, columns: 6);
        Network small = Network.Create([12], Activation.Tanh, seed: 2, inputs: digits.PixelCount);
        Network network = new(
            [
                small["W1"]!, small["b1"]!, scale * small["W2"]!, small["b2"]!,
            ], small.Activation, small.Initializer, small.Seed);

        double formula = ForwardPropagation.Run(network, digits).Loss!.Value;
        double measured = Evaluation.Measure(network, digits).Loss;
        double predicted = Predictor.Predict(network, digits).Average(prediction => prediction.Loss!.Value);
        TrainingResult unchanged = Trainer.Train(network, digits, digits, new() { Iterations = 1, Alpha = 1e-30 });

        Assert.True(double.IsFinite(formula) && formula > 0.01 * scale, $"The loss is {formula}.");
        Assert.All(
            [measured, predicted, unchanged.TestLoss!.Value, unchanged.Loss!.Value, unchanged.History[0].Loss],
            loss => Assert.Equal(1, loss / formula, 1e-5));
        Assert.Equal(unchanged.TestLoss, measured);
    }

    [Fact]
    public void A_prediction_without_a_label_has_no_loss()
    {
        DigitSet digits = SmallBatch.Digits(3, seed: 4);
        var unlabelled = new DigitSet("unlabelled", digits.Pixels.ToArray(), null, digits.Rows, digits.Columns);

        Assert.All(
            Predictor.Predict(Network.Create([5], inputs: 20), unlabelled), prediction => Assert.Null(prediction.Loss));
    }
}
