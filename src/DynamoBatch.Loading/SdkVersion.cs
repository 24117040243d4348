using System;

namespace DynamoBatch.Loading;

/// <summary>Compares file versions: the only ones that tell two AWSSDK builds apart.</summary>
public static class SdkVersion
{
    /// <summary>Whether a loaded file is older than the one that was built with.</summary>
    /// <param name="loaded">The loaded file's version.</param>
    /// <param name="built">The version that was built with.</param>
    public static bool IsOlder(string? loaded, string? built) =>
        Version.TryParse(loaded, out Version? other) && Version.TryParse(built, out Version? own) && other < own;

    /// <summary>Why a loaded assembly cannot be worked with; null where it can. A newer one can, and one of unknown version is given the chance.</summary>
    /// <param name="assembly">Its name.</param>
    /// <param name="file">Where it was loaded from.</param>
    /// <param name="loaded">Its file version.</param>
    /// <param name="built">The version that was built with.</param>
    public static string? Refusal(string assembly, string file, string? loaded, string? built) =>
        IsOlder(loaded, built)
            ? $"DynamoBatch needs {assembly} {built}, but another module has loaded the older {loaded} from '{file}', and Windows PowerShell holds only one. "
                + "Open a new session and import DynamoBatch first, or update the other module, or use PowerShell 7, where each module has its own."
            : null;
}
