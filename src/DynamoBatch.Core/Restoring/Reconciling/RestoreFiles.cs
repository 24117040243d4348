using System.IO;

namespace DynamoBatch.Core.Restoring.Reconciling;

/// <summary>The files beside a journal. They hold items, so they are gone when the restore has ended and nothing in them is needed.</summary>
internal static class RestoreFiles
{
    public static string Changes(string journal) => journal + ".changes";

    public static string Outcomes(string journal) => journal + ".outcomes";

    public static string Undo(string journal) => journal + ".undo.jsonl";

    /// <summary>Deletes what is needed no more. The undo file stays: it is the user's.</summary>
    /// <returns>Why that failed; null where it did not.</returns>
    public static string? Delete(string journal)
    {
        try
        {
            File.Delete(Changes(journal));
            File.Delete(Outcomes(journal));
            return null;
        }
        catch (System.Exception fault) when (fault is IOException or System.UnauthorizedAccessException)
        {
            return $"The files beside the journal could not be deleted; they hold items. {fault.Message}";
        }
    }
}
