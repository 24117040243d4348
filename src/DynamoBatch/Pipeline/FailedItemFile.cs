using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>
/// What was not written, a line each: table, verb, reason, and the item as DynamoDB JSON; or its key and the path of what is
/// wrong, where it could not be encoded. Each line reaches the disk before its error is shown. No failure, no file.
/// </summary>
internal sealed class FailedItemFile : IDisposable
{
    private readonly MemoryStream _line = new();
    private readonly bool _replace;
    private FileStream? _file;

    /// <param name="path">The file.</param>
    /// <param name="replace">Whether what it holds makes room; by the first line, or where a whole run had none, never sooner.</param>
    public FailedItemFile(string path, bool replace)
    {
        Path = path;
        _replace = replace;
    }

    public string Path { get; }

    /// <summary>Lines written in this run.</summary>
    public long Count { get; private set; }

    /// <summary>Why it takes no more lines, such as a full disk; null while it does.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>An item that was encoded, and then was not written.</summary>
    public void Add(WriteOperation operation, FailureKind reason, string? message)
    {
        using Utf8JsonWriter json = Begin(operation.Table.Name, operation.Verb, reason, message);
        json.WritePropertyName(operation.Verb is WriteVerb.Delete ? "Key" : "Item");
        json.WriteRawValue(operation.Item.Json.Span, skipInputValidation: true);
        End(json);
    }

    /// <summary>An item that could not be encoded.</summary>
    public void Add(string table, WriteVerb verb, DdbException failure, string message)
    {
        using Utf8JsonWriter json = Begin(table, verb, failure.Kind, message);
        if (failure is ItemException { Key: { } key })
        {
            json.WritePropertyName("Key");
            json.WriteRawValue(key, skipInputValidation: true);
        }

        if (failure is ItemException { Path: { } path })
        {
            json.WriteString(nameof(ItemException.Path), path);
        }

        End(json);
    }

    /// <summary>The run has ended as it should. If nothing failed, no losses of an earlier run are left to look like its own.</summary>
    public void Complete()
    {
        if (!_replace || Count > 0)
        {
            return;
        }

        try
        {
            File.Delete(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault = exception;
        }
    }

    public void Dispose()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException exception)
        {
            Fault = exception;
        }
    }

    private Utf8JsonWriter Begin(string table, WriteVerb verb, FailureKind reason, string? message)
    {
        _line.SetLength(0);
        var json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("TableName", table);
        json.WriteString("Verb", verb.ToString());
        json.WriteString("Reason", reason.ToString());
        json.WriteString("Message", message);
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        _line.WriteByte((byte)'\n');
        try
        {
            // Alone: on Unix two writers that only share reading are both let in, and write over each other's lines.
            _file ??= new FileStream(Path, _replace ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.None);
            _line.WriteTo(_file);
            _file.Flush();
            Count++;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The run ends by it; an ending that is under way says so.
            Fault = exception;
        }
    }
}
