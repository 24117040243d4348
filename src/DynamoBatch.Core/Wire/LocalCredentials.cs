using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// Credentials for names that are completed as the user types: the environment's keys and profiles of the shared files. Instance
/// and container metadata, which may hang for seconds, are not asked, and no credential process is started, which may ask the user.
/// </summary>
internal static class LocalCredentials
{
    private const int MostProfiles = 5;

    /// <exception cref="DdbException">There are none.</exception>
    public static (AWSCredentials Credentials, CredentialSource Source) Find(ConnectionSettings settings)
    {
        bool isNamed = settings.NamedProfile is not null;
        if (!isNamed && FromEnvironment() is { } keys)
        {
            return (keys, new CredentialSource("the environment", string.Empty));
        }

        // The chain of a command would take a web identity before a profile: names of another account would be wrong.
        bool hasWebIdentity = !isNamed && HasWebIdentity;
        string name = settings.NamedProfile ?? Profiles.DefaultName;
        var chain = SharedFiles.Open(settings.ProfileLocation);
        return !hasWebIdentity && IsLocal(chain, name, MostProfiles) && chain.TryGetAWSCredentials(name, out AWSCredentials credentials)
            ? (credentials, new CredentialSource($"profile '{name}'", Profiles.Renewal(name, settings.ProfileLocation)))
            : throw new DdbException(FailureKind.CredentialsInvalid, "No AWS credentials were found that need nobody to be asked.");
    }

    /// <summary>Whether the environment names a web identity.</summary>
    public static bool HasWebIdentity => EnvironmentText.Of("AWS_WEB_IDENTITY_TOKEN_FILE") is not null;

    /// <summary>The keys that the environment holds; null where it holds none.</summary>
    /// <exception cref="DdbException">It holds half of them, or what can be none: those of a profile are not meant then.</exception>
    public static AWSCredentials? FromEnvironment() =>
        EnvironmentText.Of("AWS_ACCESS_KEY_ID") is not { } access ? null
        : (EnvironmentText.Of("AWS_SECRET_ACCESS_KEY") ?? EnvironmentText.Of("AWS_SECRET_KEY")) is not { } secret
            ? throw new DdbException(FailureKind.CredentialsInvalid, "AWS_ACCESS_KEY_ID is set in the environment, AWS_SECRET_ACCESS_KEY is not. Set both, or neither.")
        : CopiedKeys.ToCredentials("the environment", access, secret, EnvironmentText.Of("AWS_SESSION_TOKEN"));

    /// <summary>Whether a profile, and those it rests on, need neither a process, nor the user, nor metadata.</summary>
    private static bool IsLocal(CredentialProfileStoreChain chain, string name, int atMost) =>
        atMost > 0
        && chain.TryGetProfile(name, out CredentialProfile profile)
        && profile.Options is { CredentialProcess: null, CredentialSource: null, MfaSerial: null } options
        && (options.SourceProfile is not { } source || source == name || IsLocal(chain, source, atMost - 1));
}
