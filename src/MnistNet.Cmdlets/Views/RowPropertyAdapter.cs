using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Makes <c>Rows</c> of a <see cref="Matrix"/> or a <see cref="ConfusionMatrix"/> objects with a property for each
/// column, as Export-Csv and Format-Table take them, and <c>T</c> the transpose of a matrix.
/// </summary>
public sealed class RowPropertyAdapter : ComputedPropertyAdapter
{
    private protected override IEnumerable<string> NamesOf(object item)
        => item is Matrix ? [nameof(Matrix.Rows), "T"] : [nameof(ConfusionMatrix.Rows)];

    private protected override object? Compute(object item, string name) => item switch
    {
        Matrix matrix => name == "T" ? matrix.T : new RowList<PSObject>([.. matrix.Rows.Select(row => Columns(row))]),
        ConfusionMatrix confusion => new RowList<PSObject>([.. confusion.Rows.Select(Counts)]),
        _ => null,
    };

    private protected override Type TypeOf(string name) => name == "T" ? typeof(Matrix) : typeof(RowList<PSObject>);

    private static PSObject Counts(int[] row, int label)
    {
        var counts = new PSObject();
        counts.Properties.Add(new PSNoteProperty("Label", label));
        return Columns(row, counts);
    }

    private static PSObject Columns<T>(T[] values, PSObject? into = null)
    {
        PSObject row = into ?? new PSObject();
        for (int c = 0; c < values.Length; c++)
        {
            row.Properties.Add(new PSNoteProperty(FormattableString.Invariant($"C{c}"), values[c]), preValidated: true);
        }

        return row;
    }
}
