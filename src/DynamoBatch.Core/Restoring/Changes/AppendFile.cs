using System;
using System.IO;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>A file of lines that grows, readable by its owner only, for it holds items. Made at the first line. What it holds stays: a last line that a kill tore is ended, not cut, for the file may be the user's.</summary>
internal sealed class AppendFile : IDisposable
{
    private readonly bool _restart;
    private FileStream? _stream;
    private bool _dirty;

    /// <param name="path">The file.</param>
    /// <param name="restart">Whether what it holds makes room.</param>
    /// <param name="begin">Whether it is made now: what cannot be filed is not to be overwritten.</param>
    /// <exception cref="RestoreException">It is to be made now, and cannot be.</exception>
    public AppendFile(string path, bool restart = false, bool begin = false)
    {
        Path = path;
        _restart = restart;
        if (begin)
        {
            Begin();
        }
    }

    public string Path { get; }

    /// <summary>Bytes that it has.</summary>
    public long Length => _stream?.Length ?? 0;

    /// <summary>Adds a line; it is in the file after <see cref="Flush"/>.</summary>
    /// <param name="line">Without its end.</param>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> line)
    {
        Begin();
        try
        {
#if NET8_0_OR_GREATER
            _stream!.Write(line);
#else
            byte[] bytes = line.ToArray();
            _stream!.Write(bytes, 0, bytes.Length);
#endif
            _stream.WriteByte((byte)'\n');
            _dirty = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(fault);
        }
    }

    /// <summary>What was added is in the file, whatever becomes of this process.</summary>
    /// <param name="toDisk">Whatever becomes of the machine, too.</param>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public void Flush(bool toDisk = false)
    {
        try
        {
            if (_dirty || toDisk)
            {
                _stream?.Flush(toDisk);
                _dirty = false;
            }
        }
        catch (IOException fault)
        {
            throw NotWritable(fault);
        }
    }

    public void Dispose()
    {
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // What matters was flushed before.
        }
    }

    private void Begin()
    {
        try
        {
            _stream ??= Open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(fault);
        }
    }

    private FileStream Open()
    {
        FileMode mode = _restart ? FileMode.Create : FileMode.OpenOrCreate;
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(Path, options);
#else
        var stream = new FileStream(Path, mode, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
#endif
        if (stream.Length > 0)
        {
            stream.Position = stream.Length - 1;
            if (stream.ReadByte() != '\n')
            {
                stream.WriteByte((byte)'\n');
            }
        }

        return stream;
    }

    private RestoreException NotWritable(Exception fault) => new(
        RestoreProblem.JournalNotUsable, $"'{Path}' could not be written, so nothing more is done. {fault.Message} Mend that, and run the same command again: it goes on.", fault);
}
