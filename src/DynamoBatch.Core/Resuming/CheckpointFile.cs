using System;
using System.IO;

namespace DynamoBatch.Core.Resuming;

/// <summary>A checkpoint as it was found: its header, what it says, and where its last whole line ends.</summary>
internal sealed class CheckpointFile
{
    private CheckpointFile(CheckpointHeader? header, CheckpointHistory history, long length)
    {
        Header = header;
        History = history;
        Length = length;
    }

    /// <summary>Null where the file is new, or was cut off in its very first write.</summary>
    public CheckpointHeader? Header { get; }

    public CheckpointHistory History { get; }

    /// <summary>Bytes up to the end of the last whole line. What stands behind was torn by a kill, and never counted.</summary>
    public long Length { get; }

    /// <summary>Reads a checkpoint from its start.</summary>
    /// <exception cref="CheckpointException">It is none, or it is damaged.</exception>
    public static CheckpointFile Read(Stream stream, string path)
    {
        CheckpointHeader? header = null;
        var history = new CheckpointHistory();
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        long whole = 0;
        long line = 0;
        while (true)
        {
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            int start = 0;
            int end;
            while ((end = buffer.AsSpan(start, filled + read - start).IndexOf((byte)'\n')) >= 0)
            {
                line++;
                ReadOnlySpan<byte> text = buffer.AsSpan(start, end);
                if (header is null)
                {
                    header = CheckpointHeader.Parse(text, path);
                }
                else if (!RecordReader.TryApply(text, history))
                {
                    throw new CheckpointException(
                        CheckpointProblem.Damaged,
                        FormattableString.Invariant($"The checkpoint '{path}' is damaged in line {line}. Without it nobody knows what was written: give another path to write everything again."));
                }

                start += end + 1;
                whole += end + 1;
            }

            filled += read - start;
            Array.Copy(buffer, start, buffer, 0, filled);
            if (read == 0)
            {
                break;
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (header is null && !CheckpointHeader.IsBeginning(buffer.AsSpan(0, filled)))
        {
            throw new CheckpointException(CheckpointProblem.NotACheckpoint, $"'{path}' is not a checkpoint: it holds something else. Give another path.");
        }

        return new CheckpointFile(header, history, whole);
    }
}
