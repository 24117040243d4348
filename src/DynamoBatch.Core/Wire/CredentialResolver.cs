using System;
using System.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Finds credentials and region. Order: explicit keys, a credentials object, a profile, then the SDK's own chain (environment,
/// default profile, SSO, web identity, container, instance).
/// </summary>
internal static class CredentialResolver
{
    /// <summary>Resolves credentials, with where they came from in words.</summary>
    public static (AWSCredentials Credentials, string Source) Resolve(ConnectionSettings settings)
    {
        if (settings.AccessKey is not null || settings.SecretKey is not null)
        {
            return (FromKeys(settings), "the explicit keys");
        }

        if (settings.Credentials is { } source)
        {
            return (new DelegatedCredentials(source), settings.CredentialsName ?? "a credentials object");
        }

        if (settings.ProfileName is { } profile)
        {
            return (FromProfile(settings, profile), $"profile '{profile}'");
        }

        try
        {
            return (DefaultAWSCredentialsIdentityResolver.GetCredentials(), "the default chain");
        }
        catch (AmazonClientException exception)
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid,
                "No AWS credentials were found. Pass -ProfileName or -AccessKey and -SecretKey, set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws configure'.",
                exception);
        }
    }

    /// <summary>Resolves the region; null where there is none and an endpoint is given.</summary>
    public static string? ResolveRegion(ConnectionSettings settings)
    {
        if (!string.IsNullOrEmpty(settings.Region))
        {
            return settings.Region;
        }

        if (settings.ProfileName is { } name
            && new CredentialProfileStoreChain(settings.ProfileLocation).TryGetProfile(name, out CredentialProfile profile)
            && profile.Region is { } fromProfile)
        {
            return fromProfile.SystemName;
        }

        // Instance metadata is asked only where nothing else could say.
        bool hasEndpoint = settings.EndpointUrl is not null;
        if (FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: !hasEndpoint) is { } fallback)
        {
            return fallback.SystemName;
        }

        return hasEndpoint
            ? null
            : throw new DdbException(
                FailureKind.EndpointUnreachable,
                "No AWS region is set, so there is no endpoint to go to. Pass -Region, set AWS_REGION, or set a region in the profile.");
    }

    private static AWSCredentials FromKeys(ConnectionSettings settings)
    {
        if (string.IsNullOrEmpty(settings.AccessKey) || string.IsNullOrEmpty(settings.SecretKey))
        {
            throw new DdbException(FailureKind.CredentialsInvalid, "-AccessKey and -SecretKey go together; one of them is missing.");
        }

        return string.IsNullOrEmpty(settings.SessionToken)
            ? new BasicAWSCredentials(settings.AccessKey, settings.SecretKey)
            : new SessionAWSCredentials(settings.AccessKey, settings.SecretKey, settings.SessionToken);
    }

    private static AWSCredentials FromProfile(ConnectionSettings settings, string name)
    {
        var chain = new CredentialProfileStoreChain(settings.ProfileLocation);
        try
        {
            if (chain.TryGetAWSCredentials(name, out AWSCredentials credentials))
            {
                return credentials;
            }
        }
        catch (AmazonClientException exception)
        {
            throw new DdbException(FailureKind.CredentialsInvalid, $"Profile '{name}' cannot be used: {exception.Message}", exception);
        }

        string known = string.Join(", ", chain.ListProfiles().Select(p => p.Name).Distinct(StringComparer.Ordinal));
        throw new DdbException(
            FailureKind.CredentialsInvalid,
            $"There is no AWS profile named '{name}'. " + (known.Length == 0 ? "No profiles were found; -ProfileLocation names the file." : $"There are: {known}."));
    }
}
