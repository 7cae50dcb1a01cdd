using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// Gives what comes out of a set whose classes have names, such as Fashion-MNIST's, these names as properties, and the
/// views that show them. Digits stay as they are.
/// </summary>
internal static class NamedOutput
{
    internal static object Of(Digit digit) => ClassNames.Has(digit.Set)
        ? With(digit, digit.Set, (nameof(Digit.Label), digit.Label))
        : digit;

    internal static object Of(Prediction prediction) => ClassNames.Has(prediction.Set)
        ? With(
            prediction,
            prediction.Set,
            (nameof(Prediction.Label), prediction.Label),
            (nameof(Prediction.Predicted), prediction.Predicted))
        : prediction;

    internal static object Of(Attribution attribution) => ClassNames.Has(attribution.Digit.Set)
        ? With(
            attribution,
            attribution.Digit.Set,
            (nameof(Attribution.Label), attribution.Label),
            (nameof(Attribution.Predicted), attribution.Predicted),
            (nameof(Attribution.Class), attribution.Class))
        : attribution;

    private static PSObject With(object item, string set, params (string Name, int? Class)[] classes)
    {
        PSObject shown = PSObject.AsPSObject(item);
        string view = $"{item.GetType().FullName}#Named";
        if (shown.TypeNames.Contains(view))
        {
            // It came this way before.
            return shown;
        }

        foreach ((string name, int? number) in classes)
        {
            string? called = number is int known ? ClassNames.Of(set, known) : null;
            shown.Properties.Add(new PSNoteProperty(name + "Name", called));
        }

        shown.TypeNames.Insert(0, view);
        return shown;
    }
}
