using System.Collections;
using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Draws digits, predictions, attributions and matrices in the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "Digit", HelpUri = OnlineHelp.Address)]
[OutputType(typeof(string))]
public sealed class ShowDigitCommand : PictureCommand
{
    /// <summary>A set is drawn from its beginning; more than this is scrolled past.</summary>
    private const int FirstOfSet = 10;

    private TextSheet _sheet = null!;
    private Dictionary<int, int>? _positions;
    private bool _hasAttributions;

    /// <summary>
    /// Digits, predictions, attributions, matrices such as W1 or X, or a set, whose first ten digits are drawn.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object InputObject { get; set; } = null!;

    /// <summary>
    /// The digits that predictions were made of: a prediction knows the number of its digit, not its pixels.
    /// </summary>
    [Parameter]
    [DigitDataTransformation]
    [ValidateNotNull]
    public DigitData? Data { get; set; }

    /// <summary>The network to ask about each digit; its probabilities stand beside the picture.</summary>
    [Parameter(Position = 1)]
    [NetworkTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NetworkFileCompleter))]
    public Network? Network { get; set; }

    /// <summary>How large the pictures are.</summary>
    [Parameter]
    public PictureSize Size { get; set; }

    /// <summary>The most pictures beside each other; as many as fit without this parameter.</summary>
    [Parameter]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int? Columns { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        _sheet = new TextSheet(Screen, Columns);
    }

    private protected override void Process()
    {
        Target = InputObject;
        Show(InputObject);
    }

    private protected override void End()
    {
        WriteLines(_sheet.Flush());
        if (_hasAttributions)
        {
            WriteLines(Screen.Wrap(DigitPictures.LegendOfAttribution(Screen)));
        }
    }

    private void Show(object? input)
    {
        object? item = ArgumentValue.Unwrap(input);
        switch (item)
        {
            case Digit digit:
                ShowDigit(digit);
                break;
            case Prediction prediction:
                Show(DigitPictures.Of(DigitOf(prediction), prediction));
                break;
            case Attribution attribution:
                _hasAttributions = true;
                Show(DigitPictures.Of(attribution));
                break;
            case Matrix matrix:
                ShowMatrix(matrix);
                break;
            case DigitSet set:
                ShowSet(set);
                break;
            case MnistDataset dataset:
                ShowSet(dataset.Test);
                break;
            case IList list:
                foreach (object? element in list)
                {
                    Show(element);
                }

                break;
            case MnistNet.Network or TrainingResult:
                throw new SettingException(
                    nameof(InputObject),
                    "A network is not a digit. Show-Network draws what its units look for.",
                    "InputNotDrawable");
            case not null when AnswerRow.IsAttribution(input):
                Show(AnswerRow.ReadAttribution(input!));
                break;
            case not null when AnswerRow.IsPrediction(input):
                Show(AnswerRow.ReadPrediction(input!));
                break;
            case not null when DigitRow.Is(input):
                ShowDigit(DigitRow.Read(input!));
                break;
            default:
                throw new SettingException(
                    nameof(InputObject),
                    "Digits, predictions, attributions, matrices or a set of digits can be drawn; "
                        + $"found {ArgumentValue.Describe(item)}.",
                    "InputNotDrawable");
        }
    }

    private void ShowDigit(Digit digit)
    {
        if (Network is not Network network)
        {
            Show(DigitPictures.Of(digit));
            return;
        }

        Prediction prediction = Predictor.Predict(network, DigitSet.FromDigits([digit]), threads: 1, CancellationToken)
            .Single();
        WriteLines(_sheet.Add(DigitPictures.WithProbabilities(digit, prediction, Size, Screen)));
    }

    private void ShowSet(DigitSet set)
    {
        int count = Math.Min(set.Count, FirstOfSet);
        for (int i = 0; i < count; i++)
        {
            ShowDigit(set[i]);
        }

        if (count < set.Count)
        {
            WriteLines(_sheet.Flush());
            WriteLines(Screen.Wrap(Invariant($"The first {count} of {set.Count:N0} digits; Get-Digit picks others.")));
        }
    }

    private void ShowMatrix(Matrix matrix)
    {
        foreach (Picture picture in MatrixPictures.Of(matrix))
        {
            CancellationToken.ThrowIfCancellationRequested();
            Show(picture);
        }
    }

    private void Show(Picture picture)
        => WriteLines(_sheet.Add(PictureText.Draw(PictureFit.Fit(picture, Size, Screen), Screen)));

    /// <summary>The digit that a prediction speaks of.</summary>
    private Digit DigitOf(Prediction prediction)
    {
        if (Data is null)
        {
            throw new SettingException(
                nameof(Data),
                "A prediction knows the number of its digit, but not its pixels. Say with -Data which digits were "
                    + "predicted, such as -Data $mnist.",
                "DigitsMissing");
        }

        DigitSet set = Data.Test;
        if (_positions is null)
        {
            _positions = new Dictionary<int, int>(set.Count);
            for (int i = 0; i < set.Count; i++)
            {
                _positions.TryAdd(set.IndexOf(i), i);
            }
        }

        return _positions.TryGetValue(prediction.Index, out int position)
            ? set[position]
            : throw new ShapeException(
                Invariant($"{set} holds no digit with the index {prediction.Index}. ")
                    + "Give -Data the digits that were predicted.",
                "DigitNotFound");
    }
}
