using Amazon;
using Amazon.Runtime;

namespace DynamoBatch.Core.Wire;

/// <summary>Finds the region. Order: the parameter, the session's, the profile that was named, then environment, default profile, instance.</summary>
internal static class RegionResolver
{
    /// <summary>Resolves the region, with where it came from in words; null where there is none and an endpoint is given.</summary>
    /// <exception cref="DdbException">There is none, or what was given is not one.</exception>
    public static (string? Region, string Source) Resolve(ConnectionSettings settings)
    {
        (string? region, string source) = Find(settings);
        if (region is not null)
        {
            Check(region, source, settings.EndpointUrl is not null);
        }

        return (region, source);
    }

    private static (string? Region, string Source) Find(ConnectionSettings settings)
    {
        if (settings.Region is not null)
        {
            return (settings.Region, settings.RegionName ?? "-Region");
        }

        if (settings.NamedProfile is { } name && Profiles.GetRegion(name, settings.ProfileLocation) is { } own)
        {
            return (own, $"profile '{name}'");
        }

        // The SDK remembers the first region that it found, whatever the environment says later.
        FallbackRegionFactory.Reset();

        // Instance metadata is asked only where nothing else could say.
        bool hasEndpoint = settings.EndpointUrl is not null;
        if (FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: !hasEndpoint && !settings.WithoutProbing) is { SystemName: var fallback })
        {
            return (fallback, SourceOf(fallback));
        }

        return hasEndpoint
            ? (null, "the default with -EndpointUrl")
            : throw new DdbException(
                FailureKind.EndpointUnreachable,
                "No AWS region is set, so there is no endpoint to go to. Pass -Region, run Set-DefaultAWSRegion of AWS Tools, set AWS_REGION, or set a region in the profile.");
    }

    private static string SourceOf(string found) =>
        EnvironmentText.Of("AWS_REGION") is not null ? "AWS_REGION in the environment"
        : Profiles.GetRegion(Profiles.DefaultName, null) == found ? $"profile '{Profiles.DefaultName}'"
        : "this instance";

    private static void Check(string region, string source, bool hasEndpoint)
    {
        // A local server may call its region as it likes.
        if (hasEndpoint ? RegionNames.IsPlain(region) : RegionNames.IsWellFormed(region))
        {
            return;
        }

        string advice = RegionNames.Nearest(region) is { } nearest ? $"Did you mean '{nearest}'?" : "A region is named like eu-west-1.";
        throw new DdbException(FailureKind.EndpointUnreachable, $"'{region}', from {source}, is not the name of an AWS region. {advice}");
    }
}
