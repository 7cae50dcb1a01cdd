using System.Management.Automation;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// Objects go through Clixml, as they do through Export-Clixml, a job and a session, and come back to the bit.
/// </summary>
public sealed class SerializationTests : IDisposable
{
    private const string Trip = """
        using namespace System.Management.Automation
        function Trip($Item) { [PSSerializer]::Deserialize([PSSerializer]::Serialize($Item)) }
        """;

    private readonly ModuleShell _shell = new();

    public SerializationTests()
    {
        _shell.Run(Trip);
        _shell.Run(
            "$data = Import-Mnist -Synthetic -Count 40 -Seed 1; $run = $data | Invoke-Training -Hidden '6-4' "
            + "-Iterations 3 -ValidationFraction 0.2 -SnapshotEvery 1");
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_network_comes_back_to_the_bit_and_equals_the_one_that_was_sent()
    {
        Network sent = _shell.Get<TrainingResult>("run").Network;
        Network back = _shell.Run("Trip $run.Network").Single<Network>();
        Assert.Equal(sent, back);
        Assert.Equal(sent.Fingerprint, back.Fingerprint);
        Assert.Equal((sent.Initializer, sent.Seed), (back.Initializer, back.Seed));
    }

    [Fact]
    public void A_result_comes_back_with_its_settings_and_every_row_of_its_history()
    {
        TrainingResult sent = _shell.Get<TrainingResult>("run"), back = _shell.Run("Trip $run")
            .Single<TrainingResult>();
        Assert.Equal(sent.Network, back.Network);
        Assert.Equal(sent.History, back.History);
        Assert.Equal(sent.Settings, back.Settings);
        Assert.NotEmpty(sent.Snapshots);
        Assert.Equal(
            sent.Snapshots.Select(snapshot => (snapshot.ToString(), snapshot.W1[2, 400])),
            back.Snapshots.Select(snapshot => (snapshot.ToString(), snapshot.W1[2, 400])));
        Assert.Equal(
            (sent.Loss, sent.TestAccuracy, sent.ValidationAccuracy, sent.Seconds, sent.StopReason, sent.Data),
            (back.Loss, back.TestAccuracy, back.ValidationAccuracy, back.Seconds, back.StopReason, back.Data));
    }

    [Fact]
    public void An_evaluation_comes_back_with_its_counts_and_its_network()
    {
        _shell.Run("$evaluation = $data | Measure-Network $run");
        Evaluation sent = _shell.Get<Evaluation>("evaluation"), back = _shell.Run("Trip $evaluation")
            .Single<Evaluation>();
        Assert.Equal(sent.Confusion.ToArray().Cast<int>(), back.Confusion.ToArray().Cast<int>());
        Assert.Equal((sent.Loss, sent.Data, sent.Network), (back.Loss, back.Data, back.Network));
        Assert.Equal(
            sent.Confusion.ToString(), _shell.Run("Trip $evaluation.Confusion").Single<ConfusionMatrix>().ToString());
    }

    [Fact]
    public void Digits_sets_and_small_datasets_come_back_with_every_pixel()
    {
        Digit sent = _shell.Run("$digit = $data | Get-Digit -Index 3; $digit").Single<Digit>();
        Digit back = _shell.Run("Trip $digit").Single<Digit>();
        Assert.Equal(sent.Pixels, back.Pixels);
        Assert.Equal((sent.Index, sent.Label, sent.Set, sent.Rows), (back.Index, back.Label, back.Set, back.Rows));
        string fingerprint = _shell.Get<MnistDataset>("data").Train.GetFingerprint();
        Assert.Equal(fingerprint, _shell.Run("Trip $data.Train").Single<DigitSet>().GetFingerprint());
        Assert.Equal(fingerprint, _shell.Run("Trip $data").Single<MnistDataset>().Train.GetFingerprint());
    }

    [Fact]
    public void A_matrix_comes_back_to_the_bit_odd_numbers_too()
    {
        _shell["odd"] = new Matrix(
            new[,] { { 0.1, -0.0, 1e-310 }, { double.NaN, double.NegativeInfinity, 1.0 / 3 } }, "Q");
        Matrix back = _shell.Run("Trip $odd").Single<Matrix>(), sent = _shell.Get<Matrix>("odd");
        Assert.Equal("Q", back.Name);
        Assert.Equal(
            sent.ToArray().Cast<double>().Select(BitConverter.DoubleToInt64Bits),
            back.ToArray().Cast<double>().Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void What_came_back_is_taken_like_what_was_sent()
    {
        _shell.Run("$back = Trip $run; $digits = Trip $data.Test");
        Assert.Equal(
            _shell.Run("$data | Measure-Network $run").Single<Evaluation>().Loss,
            _shell.Run("$digits | Measure-Network $back").Single<Evaluation>().Loss);
    }

    [Fact]
    public void A_row_of_a_sweep_that_came_back_is_a_training()
    {
        _shell.Run(
            "$row = $data | Invoke-TrainingSweep -Hidden 5 -Alpha 0.3 -Optimizer Adam -Iterations 2; $again = Trip "
            + "$row | Invoke-Training -Data $data");
        Assert.Equal(
            _shell.Get<TrainingResult>("again").Fingerprint, _shell.Run("$row").Single<SweepRun>().NetworkFingerprint);
    }

    [Theory]
    [InlineData("$text.Replace('Safetensors', 'Safetensorz')")]
    [InlineData(
        "$text -replace '(?<=Safetensors...quot;:.quot;|Safetensors&quot;:&quot;|Safetensors\":\")....', 'AAAA'")]
    [InlineData("$text -replace '<S N=\"Payload\">.*?</S>', '<S N=\"Payload\">{}</S>'")]
    [InlineData("$text -replace '<S N=\"Payload\">.*?</S>', '<S N=\"Payload\">nonsense</S>'")]
    public void Bytes_that_were_edited_are_refused_with_the_reason(string edit)
    {
        _shell.Run("$text = [System.Management.Automation.PSSerializer]::Serialize($run.Network)");
        Outcome outcome = _shell.Attempt(
            $"$edited = {edit}; if ($edited -eq $text) {{ throw 'nothing was edited' }}; "
            + "[System.Management.Automation.PSSerializer]::Deserialize($edited) | Measure-Network -Data $data");
        Assert.Contains("changed on its way", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_its_weights_says_that_they_did_not_come_along()
    {
        _shell.Run(
            "$text = [System.Management.Automation.PSSerializer]::Serialize($run.Network) -replace '<S "
            + "N=\"Payload\">.*?</S>', ''");
        Outcome outcome = _shell.Attempt(
            "[System.Management.Automation.PSSerializer]::Deserialize($text) | Measure-Network -Data $data");
        Assert.Contains("without its weights", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Export-Network", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_too_many_pixels_is_not_sent_and_the_other_side_says_so()
    {
        _shell["large"] = new DigitSet("large", new byte[784 * 41_000], null);
        Outcome outcome = _shell.Attempt("Trip $large | Get-Prediction $run");
        Assert.Contains("without its digits", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_claims_more_pixels_than_it_brings_is_refused_before_anything_is_allocated()
    {
        _shell.Run("$text = [System.Management.Automation.PSSerializer]::Serialize($data.Test)");
        Outcome outcome = _shell.Attempt(
            "$edited = $text -replace '(?<=Count[^:]{1,8}:)\\d+', '2000000000'; "
            + "if ($edited -eq $text) { throw 'nothing was edited' }; "
            + "[System.Management.Automation.PSSerializer]::Deserialize($edited) | Get-Prediction $run");
        Assert.Contains("changed on its way", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_payload_stays_out_of_sight()
    {
        PSObject network = _shell.Run("$run.Network").Output[0];
        Assert.DoesNotContain(network.Properties, property => property.Name == "Payload");
        Assert.NotNull(network.Properties["Payload"]);
    }
}
