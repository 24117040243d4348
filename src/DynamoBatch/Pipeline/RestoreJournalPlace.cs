using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Commands;
using DynamoBatch.Core.Restoring;

namespace DynamoBatch.Pipeline;

/// <summary>Finds the file for a restore's journal: the one that the user named, or one in the user's state folder.</summary>
internal static class RestoreJournalPlace
{
    /// <summary>The journal's path: of an earlier run of the same restore that has not ended, or a new one.</summary>
    /// <exception cref="RestoreException">It cannot be used.</exception>
    public static string Find(RestoreDdbTableInPlaceCommand command, RestoreIdentity identity)
    {
        if (command.JournalPath is { } given)
        {
            string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" && !Directory.Exists(path) && Directory.Exists(Path.GetDirectoryName(path))
                ? path
                : throw new RestoreException(RestoreProblem.JournalNotUsable, $"-JournalPath '{given}' is not a file in an existing folder.");
        }

        string folder = Folder();
        try
        {
            Create(folder);
            string name = identity.Table;
            return Directory.EnumerateFiles(folder, name + "-*.journal").OrderByDescending(file => file, StringComparer.Ordinal).FirstOrDefault(file => IsUnended(file, identity))
                ?? Path.Combine(folder, FormattableString.Invariant($"{name}-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}.journal"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(RestoreProblem.JournalNotUsable, $"The folder for journals, '{folder}', cannot be used. {fault.Message} Name a file by -JournalPath.", fault);
        }
    }

    private static bool IsUnended(string path, RestoreIdentity identity)
    {
        IReadOnlyList<JournalRecord>? records = RestoreJournal.Peek(path);
        return records is { Count: > 0 } && RestoreJournal.IsOf(records[0], identity) && records.All(r => r.Step is not RestoreStep.Completed);
    }

    /// <summary>Where programs keep what must last but is no document. (XDG Base Directory Specification; on Windows the local application data.)</summary>
    private static string Folder()
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DynamoBatch", "restores");
        }

        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = string.IsNullOrEmpty(state) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state") : state!;
        return Path.Combine(home, "dynamobatch", "restores");
    }

    private static void Create(string folder)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            // It holds items: for its owner only.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(folder);
    }
}
