using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Words what became of a change that was not made as it was meant.</summary>
internal static class ChangeTexts
{
    private const int MaxNames = 5;

    /// <summary>A newer write stands.</summary>
    public static string Conflict(StagedChange change, IReadOnlyList<string> attributes)
    {
        string key = KeyText.Of(change.Key);
        string what = change.Kind switch
        {
            ChangeKind.Put => $"Item {key} has been written anew since it vanished; it was left as it is",
            ChangeKind.Delete => $"Item {key} has changed since it was added{Named(attributes)}; it was not deleted",
            _ when attributes.Count == 0 => $"Item {key} has been deleted since; it was not brought back",
            _ => $"Item {key} has changed since{Named(attributes)}; that was left as it is, and the rest was restored",
        };
        return what + ". Look at it; the same command with this restore's -JournalPath and -Force restores it all the same.";
    }

    /// <summary>What cannot be fenced is not written.</summary>
    public static string TooLong(StagedChange change) =>
        $"Item {KeyText.Of(change.Key)} differs in more attributes than a condition of DynamoDB can name (4 KB, 300 operators), so newer writes to it could not be noticed; it was left as it is. The same command with this restore's -JournalPath and -Force restores it.";

    /// <summary>An item was deleted that had more in it than anybody had seen, and could not be put back.</summary>
    public static string NotPutBack(ChangeWrite write, string undoPath) =>
        $"Item {KeyText.Of(write.Change.Key)} was deleted, though it had attributes that no compared item had{Named(write.Conflicts)}, and the run ended before it was put back. Its image is in '{undoPath}': put it back by 'ConvertFrom-DdbJson | Write-DdbBatch -NoClobber'.";

    /// <summary>A deletion whose answer, with the image in it, was lost.</summary>
    public static string LostImage(StagedChange change) =>
        $"The answer to the deletion of item {KeyText.Of(change.Key)} was lost. It is filed for undoing as it was compared; an attribute of a name that no item had then would be missing there.";

    private static string Named(IReadOnlyList<string> attributes) =>
        attributes.Count == 0 ? string.Empty : $" in '{string.Join("', '", attributes.Take(MaxNames))}'{(attributes.Count > MaxNames ? ", ..." : string.Empty)}";
}
