using System;
using System.IO;
using System.IO.Compression;

namespace DynamoBatch.Core.Lines;

/// <summary>A gzip file, and after it, where members may follow each other, one of our own as a mark.</summary>
internal sealed class GzipSource : Stream
{
    private readonly Stream _file;
#if NETFRAMEWORK
    private const int TrailerLength = 8;

    private readonly byte[] _last = new byte[TrailerLength];
#else
    private readonly byte[] _mark = Zip(MarkText);
    private int _given;
#endif

    /// <param name="file">Closed with this stream.</param>
    internal GzipSource(Stream file) => _file = file;

    /// <summary>What the mark unzips to.</summary>
    internal static ReadOnlySpan<byte> MarkText => "\0end of the file\0"u8;

    /// <summary>Whether all of the file was taken.</summary>
    internal bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

#if NETFRAMEWORK
    /// <summary>Whether the file's last bytes are this checksum (and a length).</summary>
    internal bool EndsWith(uint checksum) => BitConverter.ToUInt32(_last, 0) == checksum && Drain();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _file.Read(buffer, offset, count);
        HasEnded = read == 0;
        var kept = Math.Max(0, TrailerLength - read);
        Buffer.BlockCopy(_last, TrailerLength - kept, _last, 0, kept);
        var taken = TrailerLength - kept;
        Buffer.BlockCopy(buffer, offset + read - taken, _last, kept, taken);
        return read;
    }

    // What stands behind the member that was read would be lost.
    private bool Drain() => HasEnded || _file.ReadByte() < 0;
#else
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = HasEnded ? 0 : _file.Read(buffer, offset, count);
        HasEnded = read == 0;
        if (HasEnded)
        {
            read = Math.Min(count, _mark.Length - _given);
            Buffer.BlockCopy(_mark, _given, buffer, offset, read);
            _given += read;
        }

        return read;
    }

    private static byte[] Zip(ReadOnlySpan<byte> text)
    {
        var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(text);
        }

        return zipped.ToArray();
    }
#endif

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
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
