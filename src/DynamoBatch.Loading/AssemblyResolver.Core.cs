#if !NETFRAMEWORK
using System.Reflection;
using System.Runtime.Loader;

namespace DynamoBatch.Loading;

/// <summary>
/// PowerShell 7: the engine, and whatever it depends on, loads in a context of its own whose folder comes first. All AWSSDK
/// assemblies call themselves 4.0.0.0, so in the shared context the first one loaded would win, whatever its version.
/// </summary>
internal sealed class AssemblyResolver : AssemblyLoadContext
{
    private AssemblyResolver()
        : base("DynamoBatch")
    {
    }

    /// <summary>Answers for the engine's name only; everything else asked for by everybody else stays as it was.</summary>
    public static void Install()
    {
        var own = new AssemblyResolver();
        Default.Resolving += (_, name) => name.Name == DependencyFolder.EngineName ? own.LoadFromAssemblyName(name) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        DependencyFolder.Find(assemblyName.Name) is { } file ? LoadFromAssemblyPath(file) : null;
}
#endif
