namespace DynamoBatch.Pipeline;

/// <summary>Checks -FailedItemPath before anything is written.</summary>
internal static class FailedItemPath
{
    /// <summary>The file, or null where none was asked for. Ends the command where it cannot be used.</summary>
    public static FailedItemFile? Open(WriteCommand command)
    {
        if (command.FailedItemPath is not { } given)
        {
            return null;
        }

        const string content = ", perhaps the losses of an earlier run";
        string path = OutputPath.Resolve(command, nameof(command.FailedItemPath), given, command.Append, command.Force, content, out bool hasContent);
        return new FailedItemFile(path, replace: hasContent && !command.Append);
    }
}
