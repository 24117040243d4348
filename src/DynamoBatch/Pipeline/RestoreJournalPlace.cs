using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using DynamoBatch.Commands;
using DynamoBatch.Core.Restoring;

namespace DynamoBatch.Pipeline;

/// <summary>Finds the file for a restore's journal: the one that the user named, or one in the user's state folder.</summary>
internal static class RestoreJournalPlace
{
    /// <summary>The journal's path: of an earlier run of the same restore that has not ended, or a new one; and a warning where there is cause for one.</summary>
    /// <exception cref="RestoreException">It cannot be used.</exception>
    public static (string Path, string? Warning) Find(RestoreDdbTableInPlaceCommand command, RestoreIdentity identity)
    {
        if (command.JournalPath is { } given)
        {
            string path = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" && !Directory.Exists(path) && Directory.Exists(Path.GetDirectoryName(path))
                ? (path, null)
                : throw new RestoreException(RestoreProblem.JournalNotUsable, $"-JournalPath '{given}' is not a file in an existing folder.");
        }

        string folder = Folder();
        try
        {
            Create(folder);
            string name = $"{identity.Table}-{Digest(identity)}";
            string[] files = Directory.EnumerateFiles(folder, name + "-*.journal").OrderByDescending(file => file, StringComparer.Ordinal).ToArray();
            return files.FirstOrDefault(IsUnended) is { } unended
                ? (unended, null)
                : (Path.Combine(folder, FormattableString.Invariant($"{name}-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}.journal")), WarningOf(files.FirstOrDefault()));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(RestoreProblem.JournalNotUsable, $"The folder for journals, '{folder}', cannot be used. {fault.Message} Name a file by -JournalPath.", fault);
        }
    }

    /// <summary>One that cannot be read is in use by the same restore, or damaged: opening it says which.</summary>
    private static bool IsUnended(string path) =>
        RestoreJournal.Peek(path) is not { Count: > 0 } records || !RestoreJournal.HasEnded(records);

    /// <summary>Who repeats a command to settle its conflicts would overwrite newer writes instead, in the whole table.</summary>
    private static string? WarningOf(string? ended) =>
        ended is not null && RestoreJournal.Peek(ended)?.LastOrDefault(r => r.Step is RestoreStep.Completed)?.Fact("Conflicts") is not null
            ? $"The last restore like this has ended, with conflicts. This one begins anew, and reverts what was written since, too. To settle those conflicts only, give -JournalPath '{ended}' -Force."
            : null;

    /// <summary>Tells restores of one table apart by the names of their files, for what is in use cannot be read everywhere.</summary>
    private static string Digest(RestoreIdentity identity)
    {
        string text = string.Join("\n", identity.Parts.Select(p => $"{p.Key}={p.Value}"));
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
#else
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
#endif
        return string.Concat(hash.Take(4).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
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
