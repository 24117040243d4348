using System.IO;
using DynamoBatch.Core.Restoring;

namespace DynamoBatch.Pipeline;

/// <summary>Checks the undo file before anything is restored: the images of two restores in one file would be undone together.</summary>
internal static class UndoPlace
{
    /// <summary>It holds nothing but what this restore has filed.</summary>
    /// <param name="given">-UndoPath; null where the file is beside the journal.</param>
    /// <param name="path">The file.</param>
    /// <param name="journal">The restore's journal.</param>
    /// <exception cref="RestoreException">It holds something else.</exception>
    public static void Require(string? given, string path, RestoreJournal journal)
    {
        var file = new FileInfo(path);
        if (given is not null && !journal.Has(RestoreStep.Confirmed) && file.Exists && file.Length > 0)
        {
            throw new RestoreException(
                RestoreProblem.JournalNotUsable, $"-UndoPath '{given}' has something in it already, which would be undone together with this restore. Name a file that is not there yet.");
        }
    }
}
