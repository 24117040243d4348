using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Lines;

namespace DynamoBatch.Pipeline;

/// <summary>Encodes the objects of a pipeline for no table, and gives their lines to the pipeline or a file.</summary>
internal sealed class ItemLines : IDisposable
{
    private readonly ConvertToDdbJsonCommand _command;
    private readonly ObjectEncoder _encoder;
    private readonly LineWriter? _file;
    private long _taken;

    public ItemLines(ConvertToDdbJsonCommand command)
    {
        _command = command;
        var options = new EncodingOptions
        {
            AttributeTypes = AttributeTypeParameter.Parse(command, command.AttributeType),
            InferType = command.InferType,
            EmptyString = EmptyStringParameter.Read(command.EmptyString),
        };
        _encoder = new ObjectEncoder(schema: null, options, command.ExcludeProperty);
        if (command.Path is { } given)
        {
            string path = OutputPath.Resolve(command, nameof(command.Path), given, command.Append, command.Force, string.Empty, out _);
            _file = new LineWriter(path, command.Append);
        }
    }

    /// <summary>Converts an object. Null is passed over.</summary>
    public void Add(PSObject? inputObject)
    {
        if (inputObject is null)
        {
            return;
        }

        _taken++;
        EncodedItem? item = null;
        ItemException? failure = null;
        try
        {
            item = _encoder.Encode(inputObject);
        }
        catch (ItemException exception)
        {
            failure = exception;
        }

        if (item is null)
        {
            string message = $"Object {_taken} of the pipeline: {failure!.Message}";
            _command.WriteError(ErrorRecords.Item(new DdbException(failure.Kind, message, failure), inputObject));
        }
        else if (_file is null)
        {
            _command.WriteObject(Text(item));
        }
        else
        {
            Write(file => file.Add(item.Json.Span));
        }
    }

    /// <summary>The input has ended: the file is whole, and is there even if nothing was converted.</summary>
    public void Complete() => Write(file => file.Complete());

    public void Dispose() => _file?.Dispose();

    private static string Text(EncodedItem item)
    {
#if NETFRAMEWORK
        return Encoding.UTF8.GetString(item.Json.ToArray());
#else
        return Encoding.UTF8.GetString(item.Json.Span);
#endif
    }

    private void Write(Action<LineWriter> action)
    {
        if (_file is null)
        {
            return;
        }

        string message;
        try
        {
            action(_file);
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            message = $"-Path '{_file.Path}' could not be written ({exception.Message}).";
        }

        _command.ThrowTerminatingError(ErrorRecords.Parameter("PathNotUsable", message, _command.Path, ErrorCategory.WriteError));
    }
}
