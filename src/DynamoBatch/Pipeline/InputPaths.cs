using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>Finds the files that -Path and -LiteralPath name. One that is not there is an error, and the others are read.</summary>
internal static class InputPaths
{
    public static IEnumerable<string> Resolve(PSCmdlet command, string[]? patterns, string[]? literal)
    {
        foreach (string given in patterns ?? literal!)
        {
            bool found = false;
            foreach (string path in Resolve(command, given, isLiteral: patterns is null))
            {
                found = true;
                if (File.Exists(path))
                {
                    yield return path;
                }
                else
                {
                    command.WriteError(ErrorRecords.Parameter("PathNotFound", $"'{path}' is not a file.", path, ErrorCategory.ObjectNotFound));
                }
            }

            if (!found)
            {
                command.WriteError(ErrorRecords.Parameter("PathNotFound", $"'{given}' names no file.", given, ErrorCategory.ObjectNotFound));
            }
        }
    }

    private static Collection<string> Resolve(PSCmdlet command, string given, bool isLiteral)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> paths = isLiteral
                ? [command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out provider, out _)]
                : command.SessionState.Path.GetResolvedProviderPathFromPSPath(given, out provider);
            return provider.Name == "FileSystem" ? paths : [];
        }
        catch (SessionStateException)
        {
            return []; // No such file or drive.
        }
    }
}
