namespace MnistNet.Cmdlets;

/// <summary>
/// Makes the pixels of a <see cref="Digit"/> a list that a table cell holds as its numbers, so that Export-Csv keeps
/// the picture.
/// </summary>
public sealed class PixelPropertyAdapter : ComputedPropertyAdapter
{
    private protected override IEnumerable<string> NamesOf(object item) => [nameof(Digit.Pixels)];

    private protected override object? Compute(object item, string name) => new GreyLevels(((Digit)item).Pixels);

    private protected override Type TypeOf(string name) => typeof(GreyLevels);
}
