using System.Management.Automation;

namespace DynamoBatch.Loading;

/// <summary>
/// Runs when this assembly is imported, which the module does before it imports the commands: their types are reflected at
/// import, and by then the engine's assembly must be found.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static readonly object Gate = new();
    private static bool _installed;

    /// <inheritdoc/>
    public void OnImport()
    {
        lock (Gate)
        {
            if (!_installed)
            {
                AssemblyResolver.Install();
                _installed = true;
            }
        }
    }
}
