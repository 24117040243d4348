using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Conversion;

/// <summary>PowerShell's object model as the engine sees it. The base object decides: a string with note properties is a string.</summary>
internal sealed class PSValueAdapter : IValueAdapter
{
    /// <inheritdoc/>
    [MethodImpl(Jit.Hot)]
    public object? Unwrap(object? value)
    {
        object? inner = UnwrapObject(value);
        return value is PSObject wrapped && inner is PSObject or ArrayList ? DeserializedValue.TryRestore(wrapped) ?? inner : inner;
    }

    /// <summary>The same for an object of the pipeline, which is an item and no value.</summary>
    [MethodImpl(Jit.Hot)]
    internal static object? UnwrapObject(object? value)
    {
        if (value is not PSObject wrapped)
        {
            return value is DdbNumber bare ? NumberText.Parse(bare.Text) : value;
        }

        // 'Nothing', left in an array or a property by a pipeline without output. Its base object would make it an empty map.
        if (ReferenceEquals(wrapped, AutomationNull.Value))
        {
            return null;
        }

        var inner = wrapped.BaseObject;
        return inner is PSCustomObject ? wrapped : inner is DdbNumber number ? NumberText.Parse(number.Text) : inner;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) => Unwrap(value) switch
    {
        PSObject bag => Read(bag),
        DataRow row => ReadRow(row, PSObject.AsPSObject(value)),
        DataRowView view => ReadRow(view.Row, PSObject.AsPSObject(value)),
        _ => ReadIfAny(PSObject.AsPSObject(value)),
    };

    /// <inheritdoc/>
    public bool EndsRun(Exception exception) =>
        exception is PipelineStoppedException or FlowControlException or OutOfMemoryException;

    /// <summary>The value of a property, or what stands for one that cannot be read.</summary>
    [MethodImpl(Jit.Hot)]
    internal object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (Exception ex) when (!EndsRun(ex))
        {
            return new UnreadableMember(ex is GetValueException { InnerException: { } inner } ? inner : ex);
        }
    }

    // An object without a single property would become an empty map, and whatever it is would be lost.
    private IEnumerable<KeyValuePair<string, object?>>? ReadIfAny(PSObject value)
    {
        foreach (var property in value.Properties)
        {
            if (property.IsGettable)
            {
                return Read(value);
            }
        }

        return null;
    }

    private IEnumerable<KeyValuePair<string, object?>> Read(PSObject value)
    {
        foreach (var property in value.Properties)
        {
            if (property.IsGettable)
            {
                yield return new KeyValuePair<string, object?>(property.Name, Get(property));
            }
        }
    }

    // A row's own properties (RowState, Table, ...) are not its data; what a script added is.
    private IEnumerable<KeyValuePair<string, object?>> ReadRow(DataRow row, PSObject wrapped)
    {
        foreach (var column in ClrValueAdapter.Columns(row))
        {
            yield return column;
        }

        foreach (var property in wrapped.Properties)
        {
            if (property.MemberType != PSMemberTypes.Property && property.IsGettable)
            {
                yield return new KeyValuePair<string, object?>(property.Name, Get(property));
            }
        }
    }
}
