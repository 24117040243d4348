using System;
using System.IO;
using System.IO.Compression;

namespace DynamoBatch.Core.Lines;

/// <summary>Writes lines to a file, gzipped where its name ends in .gz. What the file held makes room at the first line, no sooner.</summary>
internal sealed class LineWriter : IDisposable
{
    private readonly bool _append;
    private Stream? _stream;
    private byte[] _line = new byte[1024];

    /// <param name="path">The file.</param>
    /// <param name="append">Whether what it holds is kept.</param>
    internal LineWriter(string path, bool append)
    {
        Path = path;
        _append = append;
    }

    internal string Path { get; }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Add(ReadOnlySpan<byte> line)
    {
        _stream ??= Open();
        if (_line.Length < line.Length + 1)
        {
            _line = new byte[line.Length * 2];
        }

        line.CopyTo(_line);
        _line[line.Length] = (byte)'\n';
        _stream.Write(_line, 0, line.Length + 1);
    }

    /// <summary>Ends the file; an empty one, if there was no line.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Complete()
    {
        _stream ??= Open();
        Dispose();
    }

    public void Dispose() => _stream?.Dispose();

    private Stream Open()
    {
        // Alone: whoever reads this very file at the other end of the pipeline must not have it emptied.
        var file = new FileStream(Path, _append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        var needsEnd = false;
        if (file.Length > 0)
        {
            file.Position = file.Length - 1;
            needsEnd = file.ReadByte() != '\n';
        }

        if (!Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            // A line that was cut off must not take ours with it.
            if (needsEnd)
            {
                file.WriteByte((byte)'\n');
            }

            return file;
        }

        var zip = new BufferedStream(new GZipStream(file, CompressionLevel.Fastest), 64 * 1024);
        if (file.Length > 0)
        {
            zip.WriteByte((byte)'\n'); // What was zipped before may not end a line; a blank one does no harm.
        }

        return zip;
    }
}
