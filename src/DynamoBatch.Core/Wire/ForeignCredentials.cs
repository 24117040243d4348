namespace DynamoBatch.Core.Wire;

/// <summary>Credentials read off an object that is not ours.</summary>
/// <param name="AccessKey">The access key.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="SessionToken">The session token; null for long-lived credentials.</param>
public readonly record struct ForeignCredentials(string AccessKey, string SecretKey, string? SessionToken)
{
    /// <summary>Names no secret.</summary>
    public override string ToString() => "credentials";
}
