using System;
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
        new CredentialProfileStoreChain(profileLocation).ListProfiles()
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .Select(g => new FoundName(g.Key, g.First().Region is { } region ? $"profile {g.Key}, region {region.SystemName}" : $"profile {g.Key}"))
            .ToArray();

    /// <summary>The regions that the SDK knows.</summary>
    public static IReadOnlyList<FoundName> FindRegions() =>
        RegionNames.All.Select(r => new FoundName(r.SystemName, r.DisplayName)).ToArray();
}
