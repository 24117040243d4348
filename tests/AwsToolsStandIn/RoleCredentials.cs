using Amazon.Runtime;

namespace AwsToolsStandIn;

/// <summary>As the answers of STS hold them: credentials whose keys lie open.</summary>
public sealed class RoleCredentials : AWSCredentials
{
    /// <summary>The access key.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    /// <summary>The secret key.</summary>
    public string SecretAccessKey { get; init; } = string.Empty;

    /// <summary>The token.</summary>
    public string SessionToken { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials() => new(AccessKeyId, SecretAccessKey, SessionToken);
}
