using System.IO;
using System.Linq;
using System.Reflection;

namespace DynamoBatch.Module.Tests;

/// <summary>Where the build has put things.</summary>
internal static class Built
{
    public const string Commands = "DynamoBatch";
    public const string Loading = "DynamoBatch.Loading";
    public const string Engine = "DynamoBatch.Core";

    public static string Root { get; } = Metadata("Root");

    public static string LocalAws { get; } = Metadata("LocalAws");

    public static string PowerShellStandard { get; } = Metadata("PowerShellStandard");

    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    public static string NetFramework { get; } = Metadata("NetFramework");

    /// <summary>The folder that PowerShell 7 loads the commands from.</summary>
    public static string Module { get; } = Path.Combine(Root, "lib", "net8.0");

    public static string Dependencies { get; } = Path.Combine(Module, "dependencies");

    public static string File(string assembly) =>
        Path.Combine(assembly is Commands or Loading ? Module : Dependencies, assembly + ".dll");

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
