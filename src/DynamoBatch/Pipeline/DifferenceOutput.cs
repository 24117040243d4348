using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Writes pairs to the pipeline as <see cref="TableDifference"/>s.</summary>
internal sealed class DifferenceOutput
{
    private readonly Cmdlet _command;
    private readonly ScopeScript? _scope;
    private readonly ItemObjects _objects = new();

    public DifferenceOutput(Cmdlet command, ScopeScript? scope)
    {
        _command = command;
        _scope = scope;
    }

    /// <summary>Writes a pair where it is in scope; where it cannot be an object, an error in its place.</summary>
    /// <returns>Whether it was in scope.</returns>
    public bool Write(ItemPair pair)
    {
        TableDifference? difference = null;
        ErrorRecord? error = null;
        try
        {
            difference = ToDifference(pair);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            string message = $"The item {KeyText.Of(pair.Key)} could not be read as an object: {exception.Message}";
            error = ErrorRecords.Item(new DdbException(FailureKind.ValueNotSupported, message, exception), null);
        }

        if (error is not null)
        {
            _command.WriteError(error);
            return true;
        }

        if (_scope?.Includes(pair.Key, difference!.ReferenceItem, difference.DifferenceItem) == false)
        {
            return false;
        }

        _command.WriteObject(difference);
        return true;
    }

    private TableDifference ToDifference(ItemPair pair) => new()
    {
        SideIndicator = pair.IsEqual ? "==" : pair.Difference.IsEmpty ? "<=" : pair.Reference.IsEmpty ? "=>" : "<>",
        Key = _objects.Read(pair.Key.Span),
        ReferenceItem = pair.Reference.IsEmpty ? null : _objects.Read(pair.Reference.Span),
        DifferenceItem = pair.Difference.IsEmpty ? null : _objects.Read(pair.Difference.Span),
        Property = pair.Attributes.ToArray(),
    };
}
