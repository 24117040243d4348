#if NETFRAMEWORK
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace DynamoBatch.Loading;

/// <summary>
/// Windows PowerShell: one context for all, so the first AWSSDK.Core loaded serves everybody. Resolves our own where none is
/// loaded, and refuses to work with an older one than it was built with.
/// </summary>
internal static class AssemblyResolver
{
    private const string Sdk = "AWSSDK.Core";

    public static void Install()
    {
        RefuseOlderSdk();
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
            DependencyFolder.Find(new AssemblyName(request.Name).Name) is { } file ? Assembly.LoadFrom(file) : null;
    }

    private static void RefuseOlderSdk()
    {
        Assembly? loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == Sdk);
        if (loaded is null || DependencyFolder.Find(Sdk) is not { } file)
        {
            return;
        }

        if (SdkVersion.Refusal(Sdk, loaded.Location, FileVersion(loaded.Location), FileVersion(file)) is { } refusal)
        {
            throw new FileLoadException(refusal);
        }
    }

    /// <summary>The file's version; null for an assembly that was loaded from memory.</summary>
    private static string? FileVersion(string path) => path.Length == 0 ? null : FileVersionInfo.GetVersionInfo(path).FileVersion;
}
#endif
