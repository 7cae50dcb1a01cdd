using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace MnistNet.Cmdlets;

/// <summary>
/// Gives an object properties at the prompt, with tab completion, beside those of its type, or in their place.
/// Registered in a types file beside the module.
/// </summary>
public abstract class ComputedPropertyAdapter : PSPropertyAdapter
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_properties = new();

    /// <summary>The names of the computed properties of an object.</summary>
    private protected abstract IEnumerable<string> NamesOf(object item);

    /// <summary>The value of a computed property.</summary>
    private protected abstract object? Compute(object item, string name);

    /// <summary>The type of a computed property.</summary>
    private protected abstract Type TypeOf(string name);

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        string[] computed = [.. NamesOf(baseObject)];
        var properties = new Collection<PSAdaptedProperty>();
        foreach (PropertyInfo property in PropertiesOf(baseObject))
        {
            bool isComputed = computed.Contains(property.Name, StringComparer.OrdinalIgnoreCase);
            properties.Add(new PSAdaptedProperty(property.Name, isComputed ? property.Name : property));
        }

        foreach (string name in computed.Where(name => Find(baseObject, name) is null))
        {
            properties.Add(new PSAdaptedProperty(name, name));
        }

        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        string? computed = NamesOf(baseObject).FirstOrDefault(
            name => name.Equals(propertyName, StringComparison.OrdinalIgnoreCase));
        if (computed is not null)
        {
            return new PSAdaptedProperty(computed, computed);
        }

        return Find(baseObject, propertyName) is PropertyInfo property
            ? new PSAdaptedProperty(property.Name, property)
            : null;
    }

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => adaptedProperty.Tag switch
    {
        PropertyInfo property => property.GetValue(adaptedProperty.BaseObject),
        _ => Compute(adaptedProperty.BaseObject, adaptedProperty.Name),
    };

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty)
    {
        Type type = adaptedProperty.Tag is PropertyInfo property
            ? property.PropertyType
            : TypeOf(adaptedProperty.Name);
        return type.ToString();
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
        => throw new SetValueException(
            $"{adaptedProperty.Name} cannot be set: a {adaptedProperty.BaseObject.GetType().Name} does not change once "
            + "it is made.");

    private static PropertyInfo? Find(object baseObject, string name)
        => Array.Find(
            PropertiesOf(baseObject), property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static PropertyInfo[] PropertiesOf(object baseObject) => s_properties.GetOrAdd(
        baseObject.GetType(),
        type => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)]);
}
