using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace DynamoBatch.Module.Tests;

/// <summary>The commands in a real PowerShell. Its own counts lie in TestResults/pester.json, for whoever adds up.</summary>
public class PesterTests
{
    private const int NoPester = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    [SkippableFact]
    public async Task The_Pester_suite_passes()
    {
        string result = Path.Combine(Built.Root, "TestResults", "pester.json");
        Directory.CreateDirectory(Path.GetDirectoryName(result)!);
        File.Delete(result);
        string? shell = FindShell();
        Skip.If(shell is null, "The Pester suite was skipped: no pwsh was found. Install PowerShell 7, or name it in DYNAMOBATCH_PWSH.");

        (int exitCode, string said) = await RunAsync(shell!, result);
        Skip.If(exitCode == NoPester, "The Pester suite was skipped: pwsh has no Pester 5. Run: Install-Module Pester");

        Assert.True(File.Exists(result), $"The Pester suite ended without a result (exit code {exitCode}).{Environment.NewLine}{said}");
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(result));
        string[] failures = document.RootElement.GetProperty("failures").EnumerateArray().Select(f => f.GetString()!).ToArray();
        Assert.True(failures.Length == 0 && exitCode == 0, $"{string.Join(Environment.NewLine, failures)}{Environment.NewLine}{Environment.NewLine}{said}");
        Assert.True(document.RootElement.GetProperty("passed").GetInt32() > 0, "No Pester test ran.");
    }

    private static string? FindShell()
    {
        if (Environment.GetEnvironmentVariable("DYNAMOBATCH_PWSH") is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"DYNAMOBATCH_PWSH names '{named}', which is not there.");
        }

        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string shell, string result)
    {
        var start = new ProcessStartInfo(shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Built.Root,
        };
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-File", Path.Combine(Built.Root, "tests", "Pester", "Invoke-Tests.ps1"), "-ResultPath", result })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DYNAMOBATCH_LOCALAWS"] = Built.LocalAws;
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It did not end within {Limit.TotalMinutes} minutes.{Environment.NewLine}{await output}");
        }

        return (process.ExitCode, await output + await errors);
    }
}
