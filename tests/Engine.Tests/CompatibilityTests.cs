namespace MnistNet.Tests;

/// <summary>
/// Files of earlier versions, which the code of these versions wrote: networks and result files are read for good; a
/// checkpoint, whose content follows the kernels, is read or refused by a sentence.
/// </summary>
public sealed class CompatibilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_of_version_0_1_is_read_to_the_bit()
    {
        Network network = NetworkFile.Load(Copy("network.safetensors"));

        Assert.Equal(
            ("784-3-10", Activation.Tanh, Initializer.He, 5),
            (network.Shape, network.Activation, network.Initializer, network.Seed));
        Assert.Equal(
            "e81a0b016a7e3c1d",
            network.Fingerprint);
    }

    [Fact]
    public void A_result_file_of_version_0_1_is_read_and_gone_on_with()
    {
        string path = Copy("sweep.csv");
        SweepPlan plan = Plan(new SweepAxis("Seed", [1, 2, 3]));

        using (SweepResultFile file = Open(path, plan))
        {
            Assert.Equal(8, file.Rows.Count);
            Assert.Equal(2, file.Rows.Select(row => row.Hidden).Distinct().Count());
            Assert.Equal(
                (0.6666666666666666, 2, StopReason.Completed, "laptop"),
                (file.Rows[1].TrainAccuracy, file.Rows[1].Updates, file.Rows[1].StopReason, file.Rows[1].Host));
            file.Append(plan[plan.Count - 1].With(row =>
            {
                row.DataFingerprint = "6057f493362515c4";
                row.TestAccuracy = 0.5;
            }));
        }

        using SweepResultFile again = Open(path, plan);
        Assert.Equal(9, again.Rows.Count);
        Assert.Equal((0.5, 0.6666666666666666), (again.Rows[^1].TestAccuracy, again.Rows[1].TrainAccuracy));
    }

    [Fact]
    public void A_result_file_with_a_column_of_a_later_version_is_refused()
    {
        string path = Copy("sweep.csv");
        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, [lines[0] + ",Temperature", .. lines[1..].Select(line => line + ",1")]);

        DataFormatException error =
            Assert.Throws<DataFormatException>(() => Open(path, Plan(new SweepAxis("Seed", [1, 2]))));

        Assert.Equal("ResultFileInvalid", error.ErrorId);
    }

    [Fact]
    public void A_checkpoint_of_version_0_1_is_gone_on_with_or_refused_by_a_sentence_that_names_both_versions()
    {
        DigitSet digits = new(
            "small digits",
            [.. Enumerable.Range(0, 80).Select(i => (byte)(i * 37 % 256))],
            [.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))],
            rows: 2,
            columns: 2);
        Network network = Network.Create([3], Activation.Tanh, Initializer.He, seed: 5, inputs: 4);
        var settings = new TrainingSettings
        {
            Optimizer = Optimizer.Adam,
            BatchSize = 5,
            Epochs = 2,
            Seed = 5,
            Threads = 1,
        };
        string path = Copy("training.ckpt");
        try
        {
            TrainingResult result = Trainer.Train(
                network, digits, null, settings, new CheckpointSettings(path) { Resume = true });
            Assert.Equal(2.4138496801257134, result.Loss);
        }
        catch (DataFormatException error)
        {
            Assert.Equal("CheckpointVersion", error.ErrorId);
            Assert.Contains("format version 1, written by MnistNet 0.1.0", error.Message, StringComparison.Ordinal);
            Assert.Matches("this is MnistNet [0-9.]+, which reads version [2-9]", error.Message);
        }
    }

    private static SweepPlan Plan(SweepAxis seeds)
        => SweepPlan.Grid([new("Hidden", ["", "4-3"]), new("Alpha", [0.1, 0.5]), new("Iterations", [2]), seeds]);

    private static SweepResultFile Open(string path, SweepPlan plan) =>
        SweepResultFile.Open(path, plan, "6057f493362515c4");

    /// <summary>A file of version 0.1, to be written to.</summary>
    private string Copy(string name)
        => _folder.Write(name, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "compatibility", "0.1", name)));
}
