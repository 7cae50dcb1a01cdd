using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace MnistNet.Cmdlets;

/// <summary>
/// Makes the symbols of a <see cref="ISymbolTable"/> properties at the prompt, at any depth: <c>$net.W1</c>,
/// <c>$net.b3</c>, with tab completion, beside the properties that the object has anyway. Registered by
/// module/MnistNet.Symbols.Types.ps1xml.
/// </summary>
public sealed class SymbolPropertyAdapter : PSPropertyAdapter
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> s_properties = new();

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var properties = new Collection<PSAdaptedProperty>();
        foreach (PropertyInfo property in PropertiesOf(baseObject))
        {
            properties.Add(new PSAdaptedProperty(property.Name, property));
        }

        foreach (Matrix matrix in ((ISymbolTable)baseObject).Matrices)
        {
            if (Find(baseObject, matrix.Name) is null)
            {
                properties.Add(new PSAdaptedProperty(matrix.Name, matrix.Name));
            }
        }

        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        if (Find(baseObject, propertyName) is PropertyInfo property)
        {
            return new PSAdaptedProperty(property.Name, property);
        }

        Matrix? matrix = ((ISymbolTable)baseObject).Matrices
            .FirstOrDefault(matrix => matrix.Name.Equals(propertyName, StringComparison.OrdinalIgnoreCase));
        return matrix is null ? null : new PSAdaptedProperty(matrix.Name, matrix.Name);
    }

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) => adaptedProperty.Tag switch
    {
        PropertyInfo property => property.GetValue(adaptedProperty.BaseObject),
        _ => ((ISymbolTable)adaptedProperty.BaseObject)[adaptedProperty.Name],
    };

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty)
        => (adaptedProperty.Tag is PropertyInfo property ? property.PropertyType : typeof(Matrix)).ToString();

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
