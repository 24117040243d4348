using System;
using System.IO;

namespace DynamoBatch.Core.Resuming;

/// <summary>Opens checkpoints in the file system.</summary>
internal static class CheckpointOpening
{
    /// <summary>Opens or makes the file, for this run alone.</summary>
    /// <exception cref="CheckpointException">It cannot be used; the message says why.</exception>
    public static CheckpointJournal Open(string path, CheckpointHeader run, TimeProvider clock)
    {
        FileStream? stream = null;
        try
        {
            // Unbuffered: a flush is one write to the system, which a kill of this process no longer undoes.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return new CheckpointJournal(stream, path, run, clock);
        }
        catch (Exception fault)
        {
            stream?.Dispose();
            if (fault is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new CheckpointException(
                    CheckpointProblem.NotUsable, $"The checkpoint '{path}' cannot be used; one run at a time can have it. {fault.Message}", fault);
            }

            throw;
        }
    }
}
