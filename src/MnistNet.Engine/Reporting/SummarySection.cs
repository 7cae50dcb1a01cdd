using static System.FormattableString;

namespace MnistNet;

/// <summary>What was trained, how, how well, and what to type to have it again.</summary>
internal static class SummarySection
{
    /// <summary>The section.</summary>
    public static ReportSection Of(ReportFacts facts) => new("summary", "What was trained", Html.Of($"""
        <dl class="figures">{Figures(facts).Select(Figure)}</dl>
        <dl class="facts">{Facts(facts).Select(Fact)}</dl>
        {Command(facts)}
        """))
    {
        Name = "Summary",
    };

    private static Html Command(ReportFacts facts)
    {
        // A run that somebody or the clock stopped goes on for longer the next time.
        bool isRepeatable = facts.Subject.Training?.StopReason
            is not (StopReason.Cancelled or StopReason.TimeLimit);
        return facts.Options.Command.Length == 0
            ? Html.Empty
            : Html.Of($"""
                <h3>{(isRepeatable ? "The command that repeats it" : "The command that began it")}</h3>
                {CommandText(facts.Options.Command)}
                """);
    }

    /// <summary>A command to be typed, which breaks between its words alone.</summary>
    public static Html CommandText(string command)
    {
        IEnumerable<Html> words = command.Split(' ').Select((word, i)
            => Html.Of($"{(i == 0 ? "" : " ")}<span>{word}</span>"));
        return Html.Of($"<pre tabindex=\"0\"><code>{words}</code></pre>");
    }

    /// <summary>A number that matters, large, with what it is above and what to know of it below.</summary>
    public static Html Figure((string Name, string Value, string Note) figure) => Html.Of(
        $"<div><dt>{figure.Name}</dt><dd>{figure.Value}<small>{figure.Note}</small></dd></div>");

    /// <summary>A line of a list of facts.</summary>
    public static Html Fact((string Name, string Value) fact)
        => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>");

    private static IEnumerable<(string Name, string Value, string Note)> Figures(ReportFacts facts)
    {
        TrainingResult? training = facts.Subject.Training;
        if (facts.Evaluation is Evaluation measured)
        {
            yield return (
                $"accuracy on {measured.Data}",
                ReportNumbers.Exact(measured.Accuracy),
                $"95 % interval {ReportNumbers.Range(measured.AccuracyInterval)}");
            yield return (
                "mistakes",
                Invariant($"{measured.Count - measured.Correct:N0}"),
                Invariant($"of {measured.Count:N0} digits; loss {measured.Loss:0.0000}"));
        }
        else if (training?.TestAccuracy is double test)
        {
            yield return ("accuracy on the test set", ReportNumbers.Exact(test), "measured once, at the end");
        }

        if (training?.TrainAccuracy is double train)
        {
            yield return (
                "accuracy in training",
                ReportNumbers.Exact(train),
                training.ValidationAccuracy is double held
                    ? $"{ReportNumbers.Exact(held)} on the validation share"
                    : $"on the digits it learned from; loss {ReportNumbers.Number(training.Loss)}");
        }

        if (training is not null)
        {
            yield return (
                "training took",
                ReportNumbers.Time(training.Seconds),
                Invariant($"{training.ImagesPerSecond:N0} images a second"));
        }

        yield return ("parameters", Invariant($"{facts.Network.ParameterCount:N0}"), facts.Network.Shape);
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportFacts facts)
    {
        Network network = facts.Network;
        if (network.Name.Length > 0)
        {
            yield return ("file", network.Name);
        }

        yield return ("layers", string.Join(", ", network.Layers));
        if (network.Preprocessing != Preprocessing.None)
        {
            yield return ("preprocessing", network.Preprocessing.ToString());
        }

        if (network.Initializer is Initializer initializer)
        {
            yield return ("first weights", network.Seed is int seed
                ? Invariant($"{initializer}, seed {seed}")
                : initializer.ToString());
        }

        yield return ("fingerprint", network.Fingerprint);
        if (facts.Subject.Training is not TrainingResult training)
        {
            yield break;
        }

        yield return ("learned from", training.Data);
        yield return ("settings", Invariant($"{training.Settings}, seed {training.Seed}"));
        foreach (Setting setting in SettingCatalog.All.Where(setting => IsTelling(setting, training.Settings)))
        {
            yield return (setting.Name, Setting.Text(setting.Of(training.Settings)));
        }

        yield return ("ended", Invariant($"{Reason(training.StopReason)} after {training.Iterations:N0} updates"));
    }

    /// <summary>Whether a setting is neither at its default nor told already.</summary>
    private static bool IsTelling(Setting setting, TrainingSettings settings) => setting.IsOfTraining
        && setting.DecidesResult
        && setting.Name is not (nameof(TrainingSettings.Optimizer) or nameof(TrainingSettings.Alpha)
            or nameof(TrainingSettings.Iterations) or nameof(TrainingSettings.Epochs)
            or nameof(TrainingSettings.BatchSize) or nameof(TrainingSettings.Seed))
        && !Equals(setting.Of(settings), setting.Default);

    private static string Reason(StopReason reason) => reason switch
    {
        StopReason.Completed => "as planned",
        StopReason.Diverged => "because the loss was no longer finite",
        StopReason.Cancelled => "because it was stopped",
        StopReason.EarlyStopped => "because the validation loss no longer fell",
        StopReason.TargetReached => "because the target accuracy was reached",
        StopReason.TimeLimit => "because its time was up",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "There is no such reason."),
    };
}
