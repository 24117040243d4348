using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using DynamoBatch.Commands;
using DynamoBatch.Core.Lines;

namespace DynamoBatch.Pipeline;

/// <summary>Takes lines from the pipeline and from files, and emits their items. A bad line is an error, and the rest goes on.</summary>
internal sealed class LineConverter
{
    // Half of a surrogate pair must not become a question mark.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConvertFromDdbJsonCommand _command;
    private readonly LineItems _items;
    private byte[] _buffer = new byte[1024];
    private long _number;

    public LineConverter(ConvertFromDdbJsonCommand command)
    {
        _command = command;
        _items = new LineItems(command);
    }

    /// <summary>Converts what came down the pipeline: a line, or text of many.</summary>
    public void Take(PSObject? input)
    {
        if (input?.BaseObject is not string text)
        {
            if (input is not null)
            {
                _number++;
                string problem = $"Line {_number} of the pipeline is no text but one {input.BaseObject.GetType().FullName}. Pipe text, or name files by -Path.";
                _command.WriteError(ErrorRecords.Line("LineNotValid", problem, input.ToString()));
            }

            return;
        }

        if (!TryEncode(text, out int length))
        {
            _number++;
            _command.WriteError(ErrorRecords.Line("LineNotValid", $"Line {_number} of the pipeline holds half of a surrogate pair, which is not text.", text));
            return;
        }

        int start = length >= 3 && _buffer.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        if (text.IndexOf('\n') < 0 || IsOneValue(_buffer.AsSpan(start, length - start)))
        {
            _number++;
            Convert(_buffer.AsSpan(start, length - start), null, _number);
            return;
        }

        while (start < length && !_command.Stopping)
        {
            int end = _buffer.AsSpan(start, length - start).IndexOf((byte)'\n');
            end = end < 0 ? length : start + end;
            _number++;
            Convert(_buffer.AsSpan(start, end - start), null, _number);
            start = end + 1;
        }
    }

    /// <summary>Converts the lines of a file.</summary>
    public void Read(string path)
    {
        using LineReader? reader = Open(path);
        bool isBroken = false;
        while (reader is not null && !_command.Stopping && reader.TryRead(out ReadOnlySpan<byte> line))
        {
            if (reader.IsTooLong)
            {
                string problem = $"Line {reader.Number} of '{path}' is over {LineReader.MaxLength / 1024 / 1024} MB long, which no item is. The file holds an item on each line.";
                _command.WriteError(ErrorRecords.Line("LineNotValid", problem, string.Empty));
                continue;
            }

            // The rest of what was cut off: if it is no item, the one error below says why.
            isBroken = reader.Fault is not null && !_items.IsValid(line);
            if (!isBroken)
            {
                Convert(line, path, reader.Number);
            }
        }

        if (reader?.Fault is { } fault)
        {
            string message = $"Line {reader.Number + (isBroken ? 0 : 1)} of '{path}' and what follows could not be read: {fault.Message}";
            _command.WriteError(ErrorRecords.Line("LineNotValid", message, path, fault, fault is InvalidDataException ? ErrorCategory.InvalidData : ErrorCategory.ReadError));
        }
    }

    private static bool IsOneValue(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 128 });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte b in line)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryEncode(string text, out int length)
    {
        int most = Utf8.GetMaxByteCount(text.Length);
        if (_buffer.Length < most)
        {
            _buffer = new byte[most];
        }

        try
        {
            length = Utf8.GetBytes(text, 0, text.Length, _buffer, 0);
            return true;
        }
        catch (EncoderFallbackException)
        {
            length = 0;
            return false;
        }
    }

    private bool NamesFile(string text)
    {
        try
        {
            // Items begin so, and need no look at the disk.
            return text[0] is not ('{' or '[') && File.Exists(_command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(text));
        }
        catch (Exception exception) when (exception is RuntimeException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    private LineReader? Open(string path)
    {
        string message;
        try
        {
            return LineFile.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            message = $"'{path}' could not be read. {exception.Message}";
        }

        _command.WriteError(ErrorRecords.Parameter("FileNotReadable", message, path, ErrorCategory.ReadError));
        return null;
    }

    private void Convert(ReadOnlySpan<byte> line, string? file, long number)
    {
        if (IsBlank(line))
        {
            return;
        }

        object? item = _items.Read(line, out string? id, out string? problem);
        if (_items.TakeWarning() is { } warning)
        {
            _command.WriteWarning(warning);
        }

        if (problem is not null)
        {
            string where = file is null ? $"Line {number} of the pipeline" : $"Line {number} of '{file}'";
            string text = LineItems.Text(line);
            string remedy = file is null && NamesFile(text) ? " It is the name of a file: give that to -Path." : string.Empty;
            _command.WriteError(ErrorRecords.Line(id!, $"{where} {problem}{remedy}", text));
        }
        else if (item is not null)
        {
            _command.WriteObject(item, enumerateCollection: false);
        }
    }
}
