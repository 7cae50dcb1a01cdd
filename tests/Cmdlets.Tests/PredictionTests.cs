namespace MnistNet.Cmdlets.Tests;

public sealed class PredictionTests : IDisposable
{
    private readonly ModuleShell _shell = new();

    public PredictionTests() => _shell.Run("""
        $WarningPreference = 'SilentlyContinue'
        $data = Import-Mnist -Synthetic -Count 400
        $run = $data | Invoke-Training -Alpha 0.5 -Iterations 60
        $nameless = [MnistNet.DigitSet]::new('nameless', [byte[]]::new(784 * 2), $null, 28, 28, $null)
        """);

    [Fact]
    public void Every_digit_of_a_set_is_predicted_in_order()
    {
        Prediction[] predictions = _shell.Run("$data.Train | Get-Prediction -Network $run").All<Prediction>();
        Assert.Equal(Enumerable.Range(0, 400), predictions.Select(prediction => prediction.Index));
        Assert.Equal(_shell.Text("$data.Train.GetLabels()"), predictions.Select(prediction => $"{prediction.Label}"));
    }

    [Fact]
    public void Of_a_dataset_the_test_set_is_predicted()
        => Assert.Equal(_shell.Text("$data.Test.GetLabels()"), _shell.Text(
            "($data | Get-Prediction -Network $run).Label"));

    [Fact]
    public void Digits_are_predicted_as_their_set_is()
    {
        double[] whole = Confidences("$data.Test | Get-Prediction -Network $run");
        Assert.Equal(whole, Confidences("$data.Test | Get-Digit | Get-Prediction -Network $run"));
        Assert.Equal([whole[17]], Confidences("$data.Test | Get-Digit -Index 17 | Get-Prediction -Network $run"));
        Assert.Equal([whole[17]], Confidences("Get-Prediction -Network $run -Data ($data.Test | Get-Digit -Index 17)"));
    }

    [Fact]
    public void Predictions_agree_with_what_training_measured()
    {
        Prediction[] predictions = _shell.Run("$data | Get-Prediction -Network $run").All<Prediction>();
        Assert.Equal(
            _shell.Get<TrainingResult>("run").TestAccuracy,
            predictions.Count(prediction => prediction.IsCorrect == true) / 400.0);
    }

    [Fact]
    public void A_network_a_result_and_a_file_say_the_same()
    {
        using var folder = new MnistNet.Tests.TemporaryFolder();
        _shell["file"] = folder["run.safetensors"];
        _shell.Run("$run | Export-Network -Path $file");
        double[] expected = Confidences("$data | Get-Prediction -Network $run");
        Assert.Equal(expected, Confidences("$data | Get-Prediction -Network $run.Network"));
        Assert.Equal(expected, Confidences("$data | Get-Prediction -Network $file"));
        Assert.Equal(expected[..3], Confidences(
            "$data.Test | Get-Digit -First 3 | Get-Prediction -Network (Import-Network $file)"));
    }

    [Fact]
    public void Digits_without_labels_are_predicted_and_not_judged()
    {
        Prediction[] predictions = _shell.Run("$nameless | Get-Prediction -Network $run").All<Prediction>();
        Assert.Equal(2, predictions.Length);
        Assert.Null(predictions[0].IsCorrect);
        Assert.Null(predictions[0].Loss);
    }

    [Fact]
    public void Data_of_another_shape_is_reported_and_the_next_goes_on()
    {
        Outcome outcome = _shell.Attempt("""
            $small = [MnistNet.DigitSet]::new('small', [byte[]]::new(100), $null, 10, 10, $null)
            $small, $data | Get-Prediction -Network $run
            """);
        Assert.Equal(400, outcome.Output.Count);
        Assert.Equal(
            "NetworkDataShapeMismatch,MnistNet.Cmdlets.GetPredictionCommand", outcome.Error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Of_a_dataset_the_test_set_is_measured_as_training_did()
    {
        Evaluation evaluation = _shell.Run("$data | Measure-Network -Network $run").Single<Evaluation>();
        Assert.Equal(_shell.Get<TrainingResult>("run").TestAccuracy, evaluation.Accuracy);
        Assert.Equal(400, evaluation.Count);
    }

    [Fact]
    public void Every_digit_is_counted_once_in_the_confusion_matrix()
    {
        Evaluation evaluation = _shell.Run("$data.Train | Measure-Network -Network $run").Single<Evaluation>();
        Assert.Equal(400, evaluation.Confusion.ToArray().Cast<int>().Sum());
        Assert.Equal(400, evaluation.Classes.Sum(metrics => metrics.Count));
        Assert.Equal(evaluation.Confusion[4, 4] / 40.0, evaluation.Classes[4].Recall);
        Assert.True(evaluation.MostConfused[0].Count >= evaluation.MostConfused[1].Count);
    }

    [Fact]
    public void Measuring_needs_labels()
        => Assert.Equal("LabelsMissing", _shell.Attempt("$nameless | Measure-Network -Network $run").ErrorId);

    public void Dispose() => _shell.Dispose();

    private double[] Confidences(string command)
        => [.. _shell.Run(command).All<Prediction>().Select(prediction => prediction.Confidence)];
}
