using System;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Wire;

/// <summary>How to reach DynamoDB, as the user said it. Two runs with equal settings share a connection.</summary>
public sealed record ConnectionSettings
{
    /// <summary>The region, such as eu-west-1.</summary>
    public string? Region { get; init; }

    /// <summary>Another endpoint than the region's. Needs no region; then us-east-1 signs.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>A profile of the shared credentials and config files.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The credentials file, where it is not at its usual place.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>The profile that is meant: the one that is named, or the default one of the file that is named.</summary>
    internal string? NamedProfile => ProfileName ?? (ProfileLocation is null ? null : Profiles.DefaultName);

    /// <summary>An access key; with it a secret key.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Credentials that somebody else keeps fresh: asked anew whenever a request is signed, by any thread.</summary>
    public Func<Task<ForeignCredentials>>? Credentials { get; init; }

    /// <summary>Where <see cref="Credentials"/>, or the keys, come from, in words; null for the parameters' own names.</summary>
    public string? CredentialsName { get; init; }

    /// <summary>What gets new ones of <see cref="CredentialsName"/>, as a sentence.</summary>
    public string? CredentialsRenewal { get; init; }

    /// <summary>Where <see cref="Region"/> comes from, in words; null for the parameter.</summary>
    public string? RegionName { get; init; }

    /// <summary>Takes credentials and region only where nobody has to be asked: for names completed as the user types.</summary>
    internal bool WithoutProbing { get; init; }

    /// <summary>An answer that takes longer than this is given up. A full 16 MB request needs 1 MB/s for the default.</summary>
    internal TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"Region {Region}, EndpointUrl {EndpointUrl}, ProfileName {ProfileName}";
}
