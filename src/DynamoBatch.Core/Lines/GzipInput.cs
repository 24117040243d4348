using System;
using System.IO;
using System.IO.Compression;
#if NETFRAMEWORK
using DynamoBatch.Core.Wire;
#endif

namespace DynamoBatch.Core.Lines;

/// <summary>
/// Unzips, and notices a file that was cut off, which GZipStream takes for its end. After the file it is given a small member of
/// our own: of a whole file that comes out at the end, of a torn one it is taken for the rest of what was torn, and does not.
/// On .NET Framework, which reads one member only, the file's own checksum is compared instead.
/// </summary>
internal sealed class GzipInput : Stream
{
    private readonly GzipSource _source;
    private readonly GZipStream _unzipped;
    private bool _atEnd;
#if NETFRAMEWORK
    private uint _sum;
#endif

    /// <param name="file">Closed with this stream.</param>
    internal GzipInput(Stream file)
    {
        _source = new GzipSource(file);
        _unzipped = new GZipStream(_source, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_atEnd)
        {
            return 0;
        }

        Exception? cause = null;
        try
        {
            if (TryRead(buffer, offset, count, out var read))
            {
                return read;
            }
        }
        catch (InvalidDataException exception)
        {
            cause = exception;
        }

        _atEnd = true;
        throw new InvalidDataException("The gzip data was cut off, or is damaged.", cause);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unzipped.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads on; false if what was read is not the whole file.</summary>
    private bool TryRead(byte[] buffer, int offset, int count, out int read)
    {
        read = _unzipped.Read(buffer, offset, count);
#if NETFRAMEWORK
        _sum = Crc32.Append(_sum, buffer.AsSpan(offset, read));
        _atEnd = read == 0;
        return !_atEnd || _source.EndsWith(_sum);
#else
        // More input is asked for only when all output was taken: what is read once the file has ended is the mark, and nothing else.
        _atEnd = read == 0 || _source.HasEnded;
        if (!_atEnd)
        {
            return true;
        }

        var last = buffer.AsSpan(offset, read);
        read = 0;
        return IsMark(last);
#endif
    }

#if !NETFRAMEWORK
    private bool IsMark(ReadOnlySpan<byte> start)
    {
        var found = new MemoryStream();
        found.Write(start);
        _unzipped.CopyTo(found);
        return found.ToArray().AsSpan().SequenceEqual(GzipSource.MarkText);
    }
#endif
}
