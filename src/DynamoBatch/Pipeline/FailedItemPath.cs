using System.IO;
using System.Management.Automation;

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

        string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
        string? folder = Path.GetDirectoryName(path);
        if (provider.Name != "FileSystem" || folder is null || !Directory.Exists(folder) || Directory.Exists(path))
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter("FailedItemPathNotUsable", $"-FailedItemPath '{given}' is not a file in an existing folder.", given));
        }

        bool hasContent = File.Exists(path) && new FileInfo(path).Length > 0;
        if (hasContent && !command.Append && !command.Force)
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter(
                    "FailedItemPathExists",
                    $"'{path}' has content, perhaps the losses of an earlier run. Use -Append to add to it, -Force to replace it, or another path.",
                    given,
                    ErrorCategory.ResourceExists));
        }

        return new FailedItemFile(path, replace: hasContent && !command.Append);
    }
}
