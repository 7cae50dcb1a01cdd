namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// Networks and digits to other programs and from them, as the help shows it: on the real digits where they are to be
/// had, on drawn ones elsewhere. The files of PyTorch and NumPy are real ones, of tests/oracles.
/// </summary>
public sealed class ElsewhereTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mnistnet-").FullName;
    private readonly ModuleShell _shell = new(width: 80);

    public ElsewhereTests()
    {
        foreach ((string from, string to) in new[]
        {
            ("torch_plain.onnx", "mlp-from-pytorch.onnx"), ("numpy_weights.npz", "weights.npz"),
            ("torch_named.safetensors", "torch.safetensors"),
        })
        {
            File.Copy(Path.Combine(StagedModule.Root, "tests", "oracles", from), Path.Combine(_folder, to));
        }

        string import = Environment.GetEnvironmentVariable("MNISTNET_DATA") is null
            ? "Import-Mnist -Synthetic -Count 600"
            : "Import-Mnist -Count 5000";
        _shell.Run(
            $"$null = $ExecutionContext.SessionState.Path.SetLocation('{_folder}'); $mnist = {import}; "
                + "$run = $mnist | Invoke-Training -Iterations 40");
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("digits.onnx")]
    [InlineData("digits.npz")]
    [InlineData("digits.json")]
    [InlineData("digits.safetensors")]
    public void A_run_is_saved_and_comes_back_with_the_same_figures(string file)
    {
        Outcome outcome = _shell.Run(
            $"$run | Export-Network {file}; Import-Network {file} | Measure-Network -Data $mnist");

        var evaluation = outcome.Single<Evaluation>();
        Assert.Empty(outcome.Warnings);
        Assert.Equal(_shell.Get<TrainingResult>("run").TestAccuracy, evaluation.Accuracy);
    }

    [Fact]
    public void A_network_of_PyTorch_is_measured()
    {
        var evaluation =
            _shell.Run("Import-Network mlp-from-pytorch.onnx | Measure-Network -Data $mnist").Single<Evaluation>();
        Assert.InRange(evaluation.Accuracy, 0.02, 0.4);
    }

    [Fact]
    public void A_network_of_NumPy_is_traced()
    {
        Outcome outcome = _shell.Run(
            "Import-Network weights.npz | Trace-Prediction -Data ($mnist.Test | Get-Digit -First 1)");
        Assert.Contains(outcome.All<TraceStep>(), step => step is { Symbol: "Z1", Shape: "4×1" });
    }

    [Fact]
    public void A_network_under_the_names_of_PyTorch_is_read()
    {
        Outcome outcome = _shell.Run("Import-Network torch.safetensors -Verbose");
        Assert.Equal("12-8-6-10 ReLU", outcome.Single<Network>().ToString());
        Assert.Contains("-Activation", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Contains(outcome.Verbose, line => line.Contains("fc1.weight as W1", StringComparison.Ordinal));
        Assert.Empty(_shell.Run("Import-Network torch.safetensors -Activation Tanh").Warnings);
    }

    [Fact]
    public void The_sevens_go_out_in_every_format_of_data_and_come_back()
    {
        DigitSet[] read = _shell.Run(
            """
            $mnist.Test | Get-Digit -Label 7 | Export-Digit ./sevens -Format Idx
            $mnist.Test | Get-Digit -Label 7 | Export-Digit ./sevens.csv
            $mnist.Test | Get-Digit -Label 7 | Export-Digit ./sevens.npz
            Import-Mnist ./sevens, ./sevens.csv, ./sevens.npz
            """).All<DigitSet>();
        Assert.Equal(3, read.Length);
        Assert.Single(read.Select(set => set.GetFingerprint()).Distinct());
        Assert.All(read[0].GetLabels(), label => Assert.Equal(7, label));
    }

    [Fact]
    public void An_ONNX_graph_without_its_preprocessing_is_warned_of()
    {
        Outcome outcome = _shell.Run(
            """
            New-Network -Preprocessing MomentNormalization | Export-Network moments.onnx
            (Import-Network moments.onnx).Preprocessing
            """);
        Assert.Contains("not its preprocessing (MomentNormalization)", Assert.Single(outcome.Warnings),
            StringComparison.Ordinal);
        Assert.Equal(Preprocessing.MomentNormalization, outcome.Single<Preprocessing>());
    }
}
