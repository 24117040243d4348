using System;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Finds credentials. Order: explicit keys, a credentials object (given, or the session's), a profile, then the SDK's own chain
/// (environment, web identity, default profile, container, instance).
/// </summary>
internal static class CredentialResolver
{
    private const string ExplicitKeys = "the explicit keys";

    /// <summary>Resolves credentials, with where they came from.</summary>
    /// <exception cref="DdbException">There are none where the user said, or none at all.</exception>
    public static (AWSCredentials Credentials, CredentialSource Source) Resolve(ConnectionSettings settings)
    {
        if (settings.AccessKey is not null || settings.SecretKey is not null || settings.SessionToken is not null)
        {
            return (FromKeys(settings), Source(settings, ExplicitKeys, "Pass new ones to -AccessKey, -SecretKey and -SessionToken."));
        }

        if (settings.Credentials is { } source)
        {
            return (new DelegatedCredentials(source), Source(settings, "a credentials object", "Pass a new one."));
        }

        if (settings.WithoutProbing)
        {
            return LocalCredentials.Find(settings);
        }

        // A file that is named is meant, also where the profile in it is not.
        if (settings.NamedProfile is { } name)
        {
            AWSCredentials named = Profiles.GetCredentials(name, settings.ProfileLocation, settings.ProfileName is null ? "-ProfileLocation" : "-ProfileName");
            return (Guard(named), new CredentialSource($"profile '{name}'", Profiles.Renewal(name, settings.ProfileLocation)));
        }

        // By value: the SDK's own would change its account in mid-run with the environment.
        if (LocalCredentials.FromEnvironment() is { } keys)
        {
            return (keys, new CredentialSource("AWS_ACCESS_KEY_ID in the environment", "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN anew."));
        }

        // The SDK's chain would pass over a profile that fails, and take the role of the machine.
        if (!LocalCredentials.HasWebIdentity && Profiles.Find(Profiles.DefaultName, null) is { } credentials)
        {
            return (Guard(credentials), DescribeDefault());
        }

        try
        {
            AWSCredentials found = new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(null);
            return (Guard(found), DescribeFound(found));
        }
        catch (ProfileNotFoundException)
        {
            throw Profiles.NotFound(Profiles.DefaultName, null, "AWS_PROFILE");
        }
        catch (Exception exception) when (exception is AmazonClientException or ArgumentException or InvalidOperationException)
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid,
                "No AWS credentials were found. Pass -ProfileName or -AccessKey and -SecretKey, run Set-AWSCredential of AWS Tools, set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws configure'.",
                exception);
        }
    }

    private static CredentialSource Source(ConnectionSettings settings, string name, string renewal) =>
        new(settings.CredentialsName ?? name, settings.CredentialsRenewal ?? renewal);

    /// <summary>What the SDK's chain has found. It does not tell; the type does.</summary>
    private static CredentialSource DescribeFound(AWSCredentials found)
    {
        string type = found.GetType().Name;
        if (found is AssumeRoleWithWebIdentityCredentials && LocalCredentials.HasWebIdentity)
        {
            return new CredentialSource("the web identity in AWS_WEB_IDENTITY_TOKEN_FILE", "Renew the token in that file.");
        }

        if (type.Contains("Instance") || type.Contains("Container") || type.Contains("ECS"))
        {
            return new CredentialSource(type.Contains("Instance") ? "the role of this instance" : "the role of this container", "They renew by themselves; look at the role.");
        }

        return DescribeDefault();
    }

    private static CredentialSource DescribeDefault()
    {
        string name = Profiles.DefaultName;
        string by = EnvironmentText.Of("AWS_PROFILE") is not null ? " (AWS_PROFILE)" : string.Empty;
        return new CredentialSource($"profile '{name}'{by}", Profiles.Renewal(name, null));
    }

    private static DelegatedCredentials Guard(AWSCredentials credentials) => new(credentials.GetCredentialsAsync);

    private static AWSCredentials FromKeys(ConnectionSettings settings)
    {
        if (string.IsNullOrEmpty(settings.AccessKey) || string.IsNullOrEmpty(settings.SecretKey))
        {
            throw new DdbException(
                FailureKind.CredentialsInvalid, "-AccessKey and -SecretKey go together, and -SessionToken with both; one of them is missing.");
        }

        return CopiedKeys.ToCredentials(settings.CredentialsName ?? ExplicitKeys, settings.AccessKey!, settings.SecretKey!, settings.SessionToken);
    }
}
