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
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IndexSet)]
    [NumberTransformation(TakesSeveral = true)]
    [ValidateWholeNumber(0)]
    public int[] Index { get; set; } = [];

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

    private protected override void ProcessData(DigitData data)
    {
        if (data.Digits is IReadOnlyList<Digit> digits)
        {
            Pick(digits.Count, i => digits[i].Index, i => digits[i].Label, i => digits[i], "The digits given");
        }
        else
        {
            DigitSet set = data.Test;
            int[] labels = Label is null ? [] : set.GetLabels();
            Pick(set.Count, set.IndexOf, i => labels[i], i => set[i], set.ToString());
        }
    }

    private void Pick(int count, Func<int, int> indexOf, Func<int, int?> labelOf, Func<int, Digit> digitAt, string name)
    {
        IEnumerable<int> positions = ParameterSetName == IndexSet
            ? FindByIndex(count, indexOf, name)
            : Enumerable.Range(0, count);
        if (Label is int[] wanted)
        {
            positions = positions.Where(i => labelOf(i) is int label && wanted.Contains(label));
        }

        foreach (int position in ParameterSetName == RandomSet ? Draw([.. positions]) : positions.Take(First))
        {
            WriteObject(digitAt(position));
        }
    }

    /// <summary>Where the digits with the wanted indexes are; an index that is not there is reported and passed over.</summary>
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

    private IEnumerable<int> Draw(int[] positions)
    {
        new SeededRandom(Seed, RandomPurpose.Sampling).Shuffle(positions.AsSpan());
        return positions.Take(Random);
    }
}
