using System.Collections.ObjectModel;
using System.Globalization;

namespace MnistNet;

/// <summary>
/// Rows that belong to a result. Where a list has to fit into a cell, of a CSV for example, it says what it holds.
/// </summary>
/// <typeparam name="T">What a row is.</typeparam>
/// <param name="rows">The rows; taken over, not copied.</param>
public sealed class RowList<T>(IList<T> rows) : ReadOnlyCollection<T>(rows)
{
    private const int FewRows = 10;

    /// <summary>A few rows one after the other; of many, their number, such as <c>700 rows</c>.</summary>
    public override string ToString() => Count <= FewRows
        ? string.Join("; ", this)
        : string.Create(CultureInfo.InvariantCulture, $"{Count:N0} rows");
}
