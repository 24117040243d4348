namespace DynamoBatch.LocalAws.Backend;

/// <summary>Which DynamoDB server stands behind the local AWS.</summary>
public enum DynamoServerKind
{
    /// <summary>dynoxide where it has a build, else dynalite.</summary>
    Best,

    /// <summary>Native, fast, and faithful in nearly all that the data plane does. Linux on x64.</summary>
    Dynoxide,

    /// <summary>Runs wherever Node.js does; no transactions, PartiQL, streams or TTL changes.</summary>
    Dynalite,
}
