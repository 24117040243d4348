using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>How a DynamoDB server from node_modules is started on this system, so that it never outlives its parent.</summary>
internal static class DynamoServerCommand
{
    /// <summary>Names the folder that holds node_modules, for builds whose output is elsewhere.</summary>
    public const string FolderVariable = "DYNAMOBATCH_LOCALAWS_FOLDER";

    // The shell holds the pipe that the parent keeps open: when the parent ends in whatever way, read returns and the server is killed.
    // Ctrl+C reaches the whole group; the parent decides when its server ends. The shell lets go of stdout, so its end tells the server's end.
    private const string Watchdog = "trap '' INT; \"$@\" </dev/null 2>&1 & child=$!; exec >/dev/null 2>&1; read -r _; kill -9 $child";

    public static ProcessStartInfo Create(DynamoServerKind kind, int port)
    {
        var folder = FindFolder();
        var portText = port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
        };
        if (kind == DynamoServerKind.Dynoxide)
        {
            start.FileName = "/bin/sh";
            foreach (var argument in new[] { "-c", Watchdog, "sh", DynoxidePath(folder), "serve", "--port", portText })
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            start.FileName = "node";
            start.ArgumentList.Add(Path.Combine(folder, "dynalite-child.mjs"));
            start.ArgumentList.Add(portText);
        }

        return start;
    }

    public static DynamoServerKind Best() =>
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && File.Exists(DynoxidePath(FindFolder()))
            ? DynamoServerKind.Dynoxide
            : DynamoServerKind.Dynalite;

    private static string DynoxidePath(string folder) => Path.Combine(folder, "node_modules", "@dynoxide", "linux-x64", "dynoxide");

    private static string FindFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            return named;
        }

        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            foreach (var candidate in new[] { above.FullName, Path.Combine(above.FullName, "tests", "DynamoBatch.LocalAws") })
            {
                if (File.Exists(Path.Combine(candidate, "dynalite-child.mjs")) && Directory.Exists(Path.Combine(candidate, "node_modules")))
                {
                    return candidate;
                }
            }
        }

        throw new InvalidOperationException(
            $"No tests/DynamoBatch.LocalAws with a node_modules folder above {AppContext.BaseDirectory}. Build DynamoBatch.LocalAws, or set {FolderVariable}.");
    }
}
