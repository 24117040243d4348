using System;
using System.Management.Automation;
using System.Text.Json;
using DynamoBatch.Conversion;
using DynamoBatch.Core;

namespace DynamoBatch.Pipeline;

/// <summary>Writes items to the pipeline as objects.</summary>
internal sealed class ItemOutput
{
    private readonly Cmdlet _command;
    private readonly ItemObjects _objects = new();

    public ItemOutput(Cmdlet command) => _command = command;

    /// <summary>Writes an item; where it cannot be an object, an error in its place.</summary>
    /// <param name="item">The item as DynamoDB JSON.</param>
    /// <param name="name">Names the item for the error.</param>
    /// <param name="source">What it was asked for by, if anything.</param>
    public void Write(ReadOnlyMemory<byte> item, Func<string> name, object? source = null)
    {
        object? output = null;
        ErrorRecord? error = null;
        try
        {
            output = _objects.Read(item.Span);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            error = ErrorRecords.Item(new DdbException(FailureKind.ValueNotSupported, $"{name()} could not be read as an object: {exception.Message}", exception), source);
        }

        if (error is null)
        {
            _command.WriteObject(output);
        }
        else
        {
            _command.WriteError(error);
        }
    }
}
