namespace MnistNet.Cmdlets;

/// <summary>
/// Gives an <see cref="Attribution"/> its image and its contributions as cells of a table, so that it can be drawn
/// again after Export-Csv, a job or a session.
/// </summary>
public sealed class AttributionPropertyAdapter : ComputedPropertyAdapter
{
    /// <summary>The name of the property that holds a contribution for each pixel.</summary>
    internal const string PerPixel = "PixelContributions";

    private protected override IEnumerable<string> NamesOf(object item)
        => [nameof(Digit.Rows), nameof(Digit.Columns), nameof(Digit.Pixels), PerPixel];

    private protected override object? Compute(object item, string name)
    {
        var attribution = (Attribution)item;
        return name switch
        {
            nameof(Digit.Rows) => attribution.Digit.Rows,
            nameof(Digit.Columns) => attribution.Digit.Columns,
            nameof(Digit.Pixels) => new GreyLevels(attribution.Digit.Pixels),
            _ => new PixelNumbers([.. attribution.Contributions.Rows.SelectMany(row => row)]),
        };
    }

    private protected override Type TypeOf(string name) => name switch
    {
        nameof(Digit.Pixels) => typeof(GreyLevels),
        PerPixel => typeof(PixelNumbers),
        _ => typeof(int),
    };
}
