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
}
