using MnistNet.Kernels;

namespace MnistNet;

/// <summary>What is measured for a page, once for all of its sections.</summary>
internal sealed class ReportFacts
{
    private ReportFacts(ReportSubject subject, ReportOptions options, IReadOnlyList<string> classNames)
    {
        Subject = subject;
        Options = options;
        ClassNames = classNames;
    }

    /// <summary>What the page is about.</summary>
    public ReportSubject Subject { get; }

    /// <summary>What was chosen.</summary>
    public ReportOptions Options { get; }

    /// <inheritdoc cref="ReportSubject.Network"/>
    public Network Network => Subject.Network;

    /// <summary>What the classes are called.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The network's figures on the digits that judge it; null without any, or without labels.</summary>
    public Evaluation? Evaluation { get; private init; }

    /// <summary>
    /// The digits that are worth a look, by their positions: with labels the mistakes, those with the largest loss
    /// first; without, those that the network is least sure of.
    /// </summary>
    public IReadOnlyList<int> WorthALook { get; private init; } = [];

    /// <summary>What the network says of the digits that judge it; null without any.</summary>
    private Answers? Answers { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="subject">What the page is about.</param>
    /// <param name="options">What was chosen.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ShapeException">The network does not fit the digits.</exception>
    public static ReportFacts Measure(ReportSubject subject, ReportOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<string> names = ClassNamesOf(subject);
        if (subject.Test is not DigitSet test || test.Count == 0)
        {
            return new ReportFacts(subject, options, names);
        }

        Answers answers = Predictor.GetAnswers(subject.Network, test, null, cancellation);
        int[] positions = [.. Enumerable.Range(0, test.Count)];
        return new ReportFacts(subject, options, names)
        {
            Answers = answers,
            Evaluation = test.IsLabeled ? EvaluationOf(subject.Network, test, answers) : null,
            WorthALook = test.IsLabeled
                ? [.. positions
                    .Where(i => answers.Predicted(i) != test.Labels[i])
                    .OrderByDescending(i => answers.Losses[i])]
                : [.. positions.OrderBy(i => answers.Of(i)[answers.Predicted(i)]).Take(options.MaxMistakes)],
        };
    }

    /// <summary>The class that the network takes a digit for.</summary>
    public int PredictedOf(int position) => Answers!.Predicted(position);

    /// <summary>The probability that the network gives a class.</summary>
    public double ProbabilityOf(int position, int @class) => Answers!.Of(position)[@class];

    /// <summary>What a class is called.</summary>
    public string NameOf(int @class) => ClassNames[@class];

    private static IReadOnlyList<string> ClassNamesOf(ReportSubject subject) => [.. Enumerable
        .Range(0, subject.Network.Outputs)
        .Select(number => MnistNet.ClassNames.Text(SetOf(subject), number))];

    private static string SetOf(ReportSubject subject)
        => (subject.Test ?? subject.Train)?.Name ?? subject.Training?.Data ?? "";

    private static Evaluation EvaluationOf(Network network, DigitSet test, Answers answers)
    {
        var confusion = new ConfusionMatrix();
        for (int i = 0; i < test.Count; i++)
        {
            confusion.Add(test.Labels[i], answers.Predicted(i));
        }

        return new Evaluation([network], test.Name, confusion, answers.MeanLoss);
    }
}
