using System.Collections.ObjectModel;

namespace MnistNet;

/// <summary>The widths of hidden layers, which print as <c>10</c> for one layer and <c>32-16</c> for two.</summary>
/// <param name="widths">The widths, from the pixels to the classes; none for a network without hidden layers.</param>
public sealed class LayerWidths(IReadOnlyList<int> widths) : ReadOnlyCollection<int>([.. widths])
{
    /// <summary>What stands for no hidden layer at all.</summary>
    internal const string None = "none";

    /// <summary>Such as <c>32-16</c>, or <c>none</c>.</summary>
    public override string ToString() => Count == 0 ? None : string.Join('-', this);
}
