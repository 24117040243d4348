using System;

namespace DynamoBatch.Pipeline;

/// <summary>Checks -FailedItemPath before anything is written.</summary>
internal static class FailedItemPath
{
    /// <summary>The file, or null where none was asked for. Ends the command where it cannot be used.</summary>
    public static FailedItemFile? Open(WriteCommand command)
    {
        if (command.FailedItemPath is not { } given)
        {
            if (command.Append || command.Force)
            {
                string named = command.Append ? "-Append" : "-Force";
                string remedy = command.Append ? "Name the file, or leave it out." : "Name the file, or leave it out; to be asked nothing, say -Confirm:$false.";
                command.ThrowTerminatingError(ErrorRecords.Parameter("FailedItemPathMissing", $"{named} is about the file of -FailedItemPath, and there is none. {remedy}", named));
            }

            return null;
        }

        // A clean run deletes the file that -Force replaces: that must never be the checkpoint.
        if (command.CheckpointPath is { } checkpoint && string.Equals(FullPath(command, checkpoint), FullPath(command, given), StringComparison.OrdinalIgnoreCase))
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter("FailedItemPathNotUsable", $"-FailedItemPath '{given}' is the file of -CheckpointPath. Give each a file of its own.", given));
        }

        const string content = ", perhaps the losses of an earlier run";
        string path = OutputPath.Resolve(command, nameof(command.FailedItemPath), given, command.Append, command.Force, content, out bool hasContent);
        return new FailedItemFile(path, replace: hasContent && !command.Append);
    }

    private static string FullPath(WriteCommand command, string path) =>
        command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out _);
}
