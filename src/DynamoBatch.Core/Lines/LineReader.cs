using System;
using System.IO;

namespace DynamoBatch.Core.Lines;

/// <summary>The lines of a stream of UTF-8 text, one at a time, however long the stream is. Not thread safe.</summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>Bytes of a line at most. An item of 400 KB is never as long, however it is escaped.</summary>
    internal const int MaxLength = 16 * 1024 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <param name="stream">Closed with the reader.</param>
    internal LineReader(Stream stream) => _stream = stream;

    /// <summary>The number of the line that was read last, from 1.</summary>
    internal long Number { get; private set; }

    /// <summary>Why the stream could not be read to its end; null while it could.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>Whether the line that was read last is too long, and empty therefore.</summary>
    internal bool IsTooLong { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">Without its end; valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    internal bool TryRead(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || _atEnd)
            {
                return TryTake(length < 0 ? _end - _start : searched + length, length >= 0, out line);
            }

            searched = _end - _start;
            if (searched > MaxLength)
            {
                IsTooLong = true;
                _start = _end;
                searched = 0;
            }

            Fill();
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool TryTake(int length, bool hasEnd, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, length);
        _start += hasEnd ? length + 1 : length;
        if (line.IsEmpty && !hasEnd && !IsTooLong)
        {
            return false;
        }

        if (++Number == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line.Slice(3);
        }

        line = IsTooLong ? default : line;
        return true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += count;
            _atEnd = count == 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            Fault = exception;
            _atEnd = true;
        }
    }
}
