using System.IO;

namespace DynamoBatch.Loading;

/// <summary>Where the engine and the AWS SDK lie: a folder beside this assembly that nobody probes by accident.</summary>
internal static class DependencyFolder
{
    public const string EngineName = "DynamoBatch.Core";

    public static string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(DependencyFolder).Assembly.Location)!, "dependencies");

    public static string? Find(string? assemblyName)
    {
        string file = System.IO.Path.Combine(Path, assemblyName + ".dll");
        return File.Exists(file) ? file : null;
    }
}
