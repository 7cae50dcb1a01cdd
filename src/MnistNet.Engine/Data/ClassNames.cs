using System.Globalization;

namespace MnistNet;

/// <summary>
/// What the classes of a set are called, where they are not digits: of Fashion-MNIST, class 9 is an ankle boot. The
/// name of a set tells which dataset it is a part of, and stays with digits, predictions and evaluations wherever they
/// go.
/// </summary>
public static class ClassNames
{
    /// <summary>The name of a class; null in a set of digits, or of a dataset that is not known.</summary>
    /// <param name="set">The name of the set, such as <c>Fashion-MNIST test</c>.</param>
    /// <param name="class">The class, 0 to 9.</param>
    public static string? Of(string set, int @class)
        => Find(set) is IReadOnlyList<string> names && @class >= 0 && @class < names.Count ? names[@class] : null;

    /// <summary>Whether the classes of a set have names.</summary>
    internal static bool Has(string set) => Find(set) is not null;

    /// <summary>What a class is called in text: its name, or its number.</summary>
    internal static string Text(string set, int @class)
        => Of(set, @class) ?? @class.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string>? Find(string set) => DatasetDescriptor.All.FirstOrDefault(descriptor
        => descriptor.SetName(DatasetSplit.Train) == set || descriptor.SetName(DatasetSplit.Test) == set)?.ClassNames;
}
