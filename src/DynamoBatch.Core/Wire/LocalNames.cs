using System.Collections.Generic;
using System.Linq;
using Amazon.Runtime.CredentialManagement;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Wire;

/// <summary>Names that no server has to be asked for.</summary>
public static class LocalNames
{
    /// <summary>The profiles of the shared files.</summary>
    /// <param name="profileLocation">The credentials file, where it is not at its usual place.</param>
    public static IReadOnlyList<FoundName> FindProfiles(string? profileLocation) =>
        Profiles.List(profileLocation).Select(p => new FoundName(p.Name, $"profile {p.Name}{Describe(p.Profile)}")).ToArray();

    /// <summary>The regions that the SDK knows.</summary>
    public static IReadOnlyList<FoundName> FindRegions() =>
        RegionNames.All.Select(r => new FoundName(r.SystemName, r.DisplayName)).ToArray();

    private static string Describe(CredentialProfile? profile) =>
        profile is null ? ", which is not complete"
        : profile.Region is { } region ? $", region {region.SystemName}"
        : string.Empty;
}
