using System.Collections.Generic;
using System.Linq;
using Amazon.Runtime;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Wire;

/// <summary>Names that no server has to be asked for.</summary>
public static class LocalNames
{
    /// <summary>The profiles of the shared files.</summary>
    /// <param name="profileLocation">The credentials file, where it is not at its usual place.</param>
    public static IReadOnlyList<FoundName> FindProfiles(string? profileLocation) =>
        Profiles.Names(profileLocation).Select(name => new FoundName(name, Describe(name, profileLocation))).ToArray();

    private static string Describe(string name, string? location)
    {
        try
        {
            return Profiles.GetRegion(name, location) is { } region ? $"profile {name}, region {region}" : $"profile {name}";
        }
        catch (AmazonClientException)
        {
            return $"profile {name}, which is not complete";
        }
    }

    /// <summary>The regions that the SDK knows.</summary>
    public static IReadOnlyList<FoundName> FindRegions() =>
        RegionNames.All.Select(r => new FoundName(r.SystemName, r.DisplayName)).ToArray();
}
