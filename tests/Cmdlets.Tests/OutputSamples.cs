namespace MnistNet.Cmdlets.Tests;

/// <summary>One object of every type that a cmdlet puts out, and of the rows in them that people pipe on.</summary>
internal static class OutputSamples
{
    /// <summary>Makes what the samples are taken from.</summary>
    public const string Preparation = """
        $data = Import-Mnist -Synthetic -Count 40 -Seed 1
        $run = $data | Invoke-Training -Hidden '6-4' -Iterations 3 -ValidationFraction 0.2 -SnapshotEvery 1
        $digit = $data | Get-Digit -Index 5
        $pass = $digit | Invoke-ForwardPropagation $run
        $evaluation = $data | Measure-Network $run
        $rows = $data | Invoke-TrainingSweep -Alpha 0.1, 0.3 -Seed 1, 2 -Iterations 2 -ThrottleLimit 1
        $found = $data | Find-LearningRate -Steps 20 -BatchSize 10 -WarningAction Ignore
        """;

    /// <summary>The name of each type, with the script that gives one.</summary>
    public static IReadOnlyDictionary<string, string> Scripts { get; } = new Dictionary<string, string>
    {
        ["MnistDataset"] = "$data",
        ["DigitSet"] = "$data.Test",
        ["Digit"] = "$digit",
        ["Network"] = "$run.Network",
        ["Layer"] = "$run.Network.Layers[0]",
        ["TrainingResult"] = "$run",
        ["HistoryRow"] = "$run.History[1]",
        ["Prediction"] = "$digit | Get-Prediction $run",
        ["Evaluation"] = "$evaluation",
        ["ConfusionMatrix"] = "$evaluation.Confusion",
        ["ClassMetrics"] = "$evaluation.Classes[3]",
        ["ConfusedPair"] = "$evaluation.MostConfused[0]",
        ["Matrix"] = "$run.Network.W1",
        ["ForwardPass"] = "$pass",
        ["Gradient"] = "$pass | Invoke-Backpropagation",
        ["GradientCheck"] = "@($data.Test | Test-Gradient $run -Entries 3)[0]",
        ["TraceStep"] = "@($digit | Trace-Prediction $run)[2]",
        ["Attribution"] = "$digit | Get-Attribution $run",
        ["LearningRateSuggestion"] = "$found",
        ["LearningRateTrial"] = "$found.Trials[7]",
        ["SweepRun"] = "$rows[1]",
        ["SweepSummary"] = "@($rows | Measure-Sweep TrainAccuracy)[0]",
        ["RecipeDescription"] = "Get-Recipe Fast98",
    };
}
