using System.Collections;
using System.Management.Automation;

namespace MnistNet.Cmdlets;

/// <summary>
/// An object that was a table row, JSON or serialized text in between: names with values, of which only the text is
/// sure.
/// </summary>
internal static class ObjectRow
{
    /// <summary>Whether a value is an object without a .NET type of its own: from CSV, JSON, Clixml or a job.</summary>
    internal static bool Is(object? value)
        => value is Hashtable or IDictionary || (value is PSObject { BaseObject: PSCustomObject });

    /// <summary>The names and values of a row, each name once.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> Read(object row)
    {
        if (ArgumentValue.Unwrap(row) is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                yield return new(entry.Key.ToString() ?? "", entry.Value);
            }

            yield break;
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(row).Properties)
        {
            if (property.IsGettable)
            {
                yield return new(property.Name, property.Value);
            }
        }
    }

    /// <summary>One value of a row; null when there is none of that name.</summary>
    internal static object? Get(object row, string name)
        => Read(row).FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>
    /// A value as text that reads back to the same value. An enumeration that went through a job comes back as a number
    /// that still says its name.
    /// </summary>
    internal static string? Text(object? value) => value is PSObject { BaseObject: int } named
        ? named.ToString()
        : Setting.Text(ArgumentValue.Unwrap(value));

    /// <summary>
    /// The type that an object had before it was serialized, such as <c>MnistNet.Network</c>; null for none.
    /// </summary>
    internal static string? FormerType(object? value)
    {
        const string Prefix = "Deserialized.";
        string? name = (value as PSObject)?.TypeNames.FirstOrDefault();
        return name?.StartsWith(Prefix, StringComparison.Ordinal) == true ? name[Prefix.Length..] : null;
    }
}
