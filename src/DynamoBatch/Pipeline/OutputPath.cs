using System.IO;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>Checks the path of a file to be written, before anything is done: content is neither added to nor lost unasked.</summary>
internal static class OutputPath
{
    /// <summary>The file's full path. Ends the command where it cannot be used.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="given">Its value.</param>
    /// <param name="append">Whether content is added to.</param>
    /// <param name="force">Whether content is replaced.</param>
    /// <param name="content">What the content may be, for the message: "perhaps ...".</param>
    /// <param name="hasContent">Whether there is a file that is not empty.</param>
    public static string Resolve(PSCmdlet command, string parameter, string given, bool append, bool force, string content, out bool hasContent)
    {
        string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
        string? folder = Path.GetDirectoryName(path);
        if (provider.Name != "FileSystem" || folder is null || !Directory.Exists(folder) || Directory.Exists(path))
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter(parameter + "NotUsable", $"-{parameter} '{given}' is not a file in an existing folder.", given));
        }

        hasContent = File.Exists(path) && new FileInfo(path).Length > 0;
        if (hasContent && !append && !force)
        {
            command.ThrowTerminatingError(
                ErrorRecords.Parameter(
                    parameter + "Exists",
                    $"'{path}' has content{content}. Use -Append to add to it, -Force to replace it, or another path.",
                    given,
                    ErrorCategory.ResourceExists));
        }

        return path;
    }
}
