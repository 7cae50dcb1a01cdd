using System.Management.Automation;
using static System.FormattableString;

namespace MnistNet.Cmdlets;

/// <summary>Picks single digits out of a set.</summary>
[Cmdlet(VerbsCommon.Get, "Digit", DefaultParameterSetName = FirstSet, HelpUri = OnlineHelp.Address)]
[OutputType(typeof(Digit))]
public sealed class GetDigitCommand : DigitDataCommand
{
    private const string FirstSet = "First", IndexSet = "Index", RandomSet = "Random";

    /// <summary>The positions of the digits in the set they come from, counted from 0.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = IndexSet)]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(0)]
    public int[] Index { get; set; } = [];

    /// <summary>
    /// The name of the set that the indexes count in, as predictions say it. Of a dataset it picks the part; of a set
    /// of another name it is an error.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IndexSet)]
    [AllowEmptyString]
    public string Set { get; set; } = "";

    /// <summary>Only digits with one of these labels.</summary>
    [Parameter]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(0, 9)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public int[]? Label { get; set; }

    /// <summary>How many digits, from the first; all of them without this parameter.</summary>
    [Parameter(ParameterSetName = FirstSet)]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>How many digits, drawn at random, each at most once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RandomSet)]
    [NumberTransformation]
    [ValidateWholeNumber(1)]
    public int Random { get; set; }

    /// <summary>The same seed draws the same digits.</summary>
    [Parameter(ParameterSetName = RandomSet)]
    [NumberTransformation]
    public int Seed { get; set; }

    // Digits that come down the pipeline have an Index of their own, which asks for nothing.
    private bool IsByIndex => ParameterSetName == IndexSet && (_isIndexTyped || _isDataTyped);

    private bool _isIndexTyped, _isDataTyped;

    private protected override void Begin()
    {
        base.Begin();
        _isIndexTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Index));
        _isDataTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Data));
        if (ParameterSetName == RandomSet && !MyInvocation.BoundParameters.ContainsKey(nameof(Seed)))
        {
            Seed = System.Random.Shared.Next();
            WriteVerbose(Invariant($"Drawing with -Seed {Seed}."));
        }
    }

    private protected override void ProcessData(DigitData data)
    {
        if (data.Digits is IReadOnlyList<Digit> digits)
        {
            Pick(digits.Count, i => digits[i].Index, i => digits[i].Label, i => digits[i], "The digits given");
        }
        else
        {
            DigitSet set = IsByIndex && Set.Length > 0 ? Choose(data) : data.Test;
            int[] labels = Label is null ? [] : set.GetLabels();
            Pick(set.Count, set.IndexOf, i => labels[i], i => set[i], set.ToString());
        }
    }

    private void Pick(int count, Func<int, int> indexOf, Func<int, int?> labelOf, Func<int, Digit> digitAt, string name)
    {
        IEnumerable<int> positions = IsByIndex
            ? FindByIndex(count, indexOf, name)
            : Enumerable.Range(0, count);
        if (Label is int[] wanted)
        {
            positions = positions.Where(i => labelOf(i) is int label && wanted.Contains(label));
        }

        foreach (int position in ParameterSetName == RandomSet ? Draw([.. positions]) : positions.Take(First))
        {
            WriteObject(NamedOutput.Of(digitAt(position)));
        }
    }

    /// <summary>
    /// Where the digits with the wanted indexes are; an index that is not there is reported and passed over.
    /// </summary>
    private IEnumerable<int> FindByIndex(int count, Func<int, int> indexOf, string name)
    {
        var positions = new Dictionary<int, int>(count);
        for (int i = 0; i < count; i++)
        {
            positions.TryAdd(indexOf(i), i);
        }

        foreach (int index in Index)
        {
            if (positions.TryGetValue(index, out int position))
            {
                yield return position;
                continue;
            }

            Target = index;
            string there = count == 0
                ? "it is empty"
                : Invariant($"its indexes go from {positions.Keys.Min()} to {positions.Keys.Max()}");
            WriteFault(new SettingException(
                nameof(Index), $"{name} holds no digit with the index {index}: {there}.", "DigitNotFound"));
        }
    }

    /// <summary>The part of the data that the indexes count in.</summary>
    private DigitSet Choose(DigitData data)
    {
        if (data.Train.Name == Set)
        {
            return data.Train;
        }

        if (data.Test.Name == Set)
        {
            return data.Test;
        }

        string names = data.HeldOut is null ? data.Test.Name : $"{data.Train.Name} and {data.Test.Name}";
        throw new SettingException(
            nameof(Data),
            $"The index is one of {Set}, and the data given is {names}. Give the set that was predicted.",
            "IndexOfAnotherSet");
    }

    private IEnumerable<int> Draw(int[] positions)
    {
        new SeededRandom(Seed, RandomPurpose.Sampling).Shuffle(positions.AsSpan());
        return positions.Take(Random);
    }
}
