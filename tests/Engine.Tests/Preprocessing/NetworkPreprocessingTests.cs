using System.Text;

namespace MnistNet.Tests;

/// <summary>A network's preprocessing goes wherever the network goes, and digits meet the network through it.</summary>
public sealed class NetworkPreprocessingTests : IDisposable
{
    private static readonly DigitSet Digits = SmallDigits.Make(600, seed: 1);
    private static readonly DigitSet Normalised = Preprocessor.Apply(Digits, Preprocessing.MomentNormalization);
    private static readonly TrainingSettings Few = new() { Iterations = 4, Seed = 2 };

    private readonly TemporaryFolder _folder = new();

    private static Network Plain => Network.Create([12], seed: 7);

    private static Network Normalising
        => Network.Create([12], seed: 7, preprocessing: Preprocessing.MomentNormalization);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_sees_the_preprocessed_digits()
    {
        var settings = new TrainingSettings { BatchSize = 100, Epochs = 2, ValidationFraction = 0.2 };
        TrainingResult inside = Trainer.Train(Normalising, Digits, Digits, settings);
        TrainingResult outside = Trainer.Train(Plain, Normalised, Normalised, settings);

        AssertSameNumbers(outside.Network, inside.Network);
        Assert.Equal(
            (outside.TrainAccuracy, outside.Loss, outside.TestAccuracy, outside.TestLoss, outside.ValidationAccuracy),
            (inside.TrainAccuracy, inside.Loss, inside.TestAccuracy, inside.TestLoss, inside.ValidationAccuracy));
        Assert.Equal(Preprocessing.MomentNormalization, inside.Network.Preprocessing);
        Assert.Equal("784-12-10 ReLU, MomentNormalization", inside.Network.ToString());
    }

    [Fact]
    public void So_do_predictions_measuring_the_steps_the_trace_and_the_finder()
    {
        Assert.Equal(Predictor.GetProbabilities(Plain, Normalised), Predictor.GetProbabilities(Normalising, Digits));
        Assert.Equal(Evaluation.Measure(Plain, Normalised).Loss, Evaluation.Measure(Normalising, Digits).Loss);

        ForwardPass pass = ForwardPropagation.Run(Normalising, Digits);
        Assert.Equal(Normalised.ToMatrix().Numbers.ToArray(), pass.X.Numbers.ToArray());
        Network updated = GradientDescent.Update(Normalising, Backpropagation.Run(pass), 0.1);
        Assert.Equal(Preprocessing.MomentNormalization, updated.Preprocessing);

        Assert.Equal(
            PredictionTrace.Run(Plain, Normalised[3]).Where(step => step.Symbol != "image"),
            PredictionTrace.Run(Normalising, Digits[3]).Where(step => step.Symbol != "image"),
            (left, right) => left.Value == right.Value);
        Assert.Equal(
            LearningRateFinder.Find(Plain, Normalised, new(), 1e-4, 1, 12).Select(trial => trial.Loss),
            LearningRateFinder.Find(Normalising, Digits, new(), 1e-4, 1, 12).Select(trial => trial.Loss));
    }

    [Fact]
    public void Backpropagation_with_preprocessing_agrees_with_numeric_differences()
    {
        DigitSet few = Digits.Take(20);
        Assert.All(GradientCheck.Run(Normalising, few, entries: 30), check => Assert.NotEqual(false, check.Passed));
        Assert.NotEqual(
            ForwardPropagation.Run(Plain, few).Loss,
            ForwardPropagation.Run(Normalising, few).Loss);
    }

    [Fact]
    public void A_file_keeps_it()
    {
        string path = _folder["n.safetensors"];
        NetworkFile.Save(Normalising, path);

        Assert.Equal(Preprocessing.MomentNormalization, NetworkFile.Load(path).Preprocessing);
        Assert.Contains("\"format_version\":\"2\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_a_network_without_is_what_it_was_before_there_was_preprocessing()
    {
        string path = _folder["n.safetensors"];
        NetworkFile.Save(Plain, path);

        string content = File.ReadAllText(path);
        Assert.DoesNotContain("preprocessing", content, StringComparison.Ordinal);
        Assert.Contains("\"format_version\":\"1\"", content, StringComparison.Ordinal);
        Assert.Equal(Preprocessing.None, NetworkFile.Load(path).Preprocessing);
    }

    [Fact]
    public void A_file_that_names_an_unknown_preprocessing_is_refused_with_the_version_that_wrote_it()
    {
        string path = _folder["n.safetensors"];
        NetworkFile.Save(Normalising, path);
        byte[] bytes = File.ReadAllBytes(path);
        Replace(bytes, "MomentNormalization", "MomentNormalisatiom");
        Replace(bytes, $"\"engine_version\":\"{EngineVersion.Text}\"", "\"engine_version\":\"7.8.9\"");
        File.WriteAllBytes(path, bytes);

        var exception = Assert.Throws<DataFormatException>(() => NetworkFile.Load(path));

        Assert.Equal("PreprocessingUnknown", exception.ErrorId);
        Assert.Contains("'MomentNormalisatiom'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MnistNet 7.8.9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("None, MomentNormalization", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_belongs_to_its_preprocessing()
    {
        string path = _folder["c.checkpoint"];
        var stop = new CancellationTokenSource();
        var keep = new CheckpointSettings(path) { Every = 1 };
        Trainer.Train(Normalising, Digits, null, Few, keep, row => Stop(row, stop), stop.Token);
        var resume = new CheckpointSettings(path) { Resume = true };

        var exception = Assert.Throws<SettingException>(() => Trainer.Train(Plain, Digits, null, Few, resume));
        Assert.Contains("784-12-10 ReLU, MomentNormalization", exception.Message, StringComparison.Ordinal);
        AssertSameNumbers(
            Trainer.Train(Normalising, Digits, null, Few).Network,
            Trainer.Train(Normalising, Digits, null, Few, resume).Network);
    }

    [Fact]
    public void The_fingerprint_of_a_network_without_is_what_it_was_and_another_with_one()
    {
        const string Before = "0e418fc6759703e2849745bf8cc6242f5acc7230a1097bf94f7d866714cd9f87";
        Assert.Equal(Before, Plain.FullFingerprint);
        Assert.NotEqual(Before, Normalising.FullFingerprint);
    }

    private static void Stop(HistoryRow row, CancellationTokenSource stop)
    {
        if (row.Iteration == 2)
        {
            stop.Cancel();
        }
    }

    private static void Replace(byte[] bytes, string text, string other)
    {
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at >= 0);
        Assert.Equal(text.Length, other.Length);
        Encoding.UTF8.GetBytes(other).CopyTo(bytes, at);
    }

    private static void AssertSameNumbers(Network expected, Network actual)
        => Assert.All(expected.Parameters.Zip(actual.Parameters), pair =>
            Assert.Equal(pair.First.Numbers.ToArray(), pair.Second.Numbers.ToArray()));
}
