using Amazon.Runtime;

namespace AwsToolsStandIn;

/// <summary>What the session variable holds: public, and nothing public in it but its text.</summary>
public sealed class AWSPSCredentials
{
    internal AWSPSCredentials(AWSCredentials credentials, string name)
    {
        Credentials = credentials;
        Name = name;
    }

    internal AWSCredentials Credentials { get; }

    internal string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
