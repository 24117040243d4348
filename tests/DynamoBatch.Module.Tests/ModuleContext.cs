using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace DynamoBatch.Module.Tests;

/// <summary>The module's assemblies beside the reference library that stands for PowerShell; with the engine, or as they are before it is found.</summary>
internal sealed class ModuleContext : AssemblyLoadContext
{
    private readonly bool _withEngine;

    public ModuleContext(bool withEngine)
        : base(isCollectible: true) => _withEngine = withEngine;

    public Assembly Load(string assembly) => LoadFromAssemblyPath(Built.File(assembly));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "System.Management.Automation")
        {
            return LoadFromAssemblyPath(Built.PowerShellStandard);
        }

        string file = Built.File(assemblyName.Name!);
        return (_withEngine || assemblyName.Name is Built.Commands or Built.Loading) && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
