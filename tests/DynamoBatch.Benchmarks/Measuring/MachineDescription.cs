using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace DynamoBatch.Benchmarks.Measuring;

/// <summary>What the numbers were measured on.</summary>
internal static class MachineDescription
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static string Text =>
        $"{Environment.ProcessorCount} cores, {Cpu}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    private static string Cpu =>
        (File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null)
        ?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
