using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Reflection;

namespace DynamoBatch.Core.Items;

/// <summary>Plain .NET objects: their public readable properties, and the columns of a DataRow. Not thread safe.</summary>
public sealed class ClrValueAdapter : IValueAdapter
{
    private readonly Dictionary<Type, PropertyInfo[]> _properties = [];

    /// <inheritdoc/>
    public object? Unwrap(object? value) => value;

    /// <inheritdoc/>
    public bool EndsRun(Exception exception) => exception is OutOfMemoryException;

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value)
    {
        switch (value)
        {
            case null:
                throw new ArgumentNullException(nameof(value));
            case DataRow row:
                return Columns(row);
            case DataRowView view:
                return Columns(view.Row);
        }

        var type = value.GetType();
        if (!_properties.TryGetValue(type, out var properties))
        {
            properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .Select(g => g.First()) // A property hidden by 'new' comes after the one that hides it.
                .ToArray();
            _properties.Add(type, properties);
        }

        return properties.Length == 0 ? null : Read(properties, value);
    }

    /// <summary>The columns of a row.</summary>
    /// <param name="row">A row.</param>
    internal static IEnumerable<KeyValuePair<string, object?>> Columns(DataRow row)
    {
        foreach (DataColumn column in row.Table.Columns)
        {
            yield return new KeyValuePair<string, object?>(column.ColumnName, Column(row, column));
        }
    }

    private static object? Column(DataRow row, DataColumn column)
    {
        try
        {
            return row[column];
        }
        catch (DataException ex)
        {
            return new UnreadableMember(ex);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Read(PropertyInfo[] properties, object value)
    {
        foreach (var property in properties)
        {
            yield return new KeyValuePair<string, object?>(property.Name, Get(property, value));
        }
    }

    private static object? Get(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException ex)
        {
            return new UnreadableMember(ex.InnerException ?? ex);
        }
        catch (Exception ex) when (ex is NotSupportedException or InvalidOperationException)
        {
            return new UnreadableMember(ex); // A property of a ref struct or pointer type.
        }
    }
}
