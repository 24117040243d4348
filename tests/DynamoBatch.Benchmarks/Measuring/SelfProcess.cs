using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>Starts this program again, on one core, so that sink and client do not take each other's time.</summary>
internal static class SelfProcess
{
    public const int ClientCore = 0;
    public const int SinkCore = 1;

    private const string TaskSet = "/usr/bin/taskset";

    /// <summary>Whether processes can be given a core each.</summary>
    public static bool Pins => Environment.ProcessorCount > 1 && File.Exists(TaskSet);

    public static Process Start(int core, params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(Pins ? TaskSet : host) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Pins)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"{core}");
            start.ArgumentList.Add(host);
        }

        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        return Process.Start(start)!;
    }
}
