using System.Collections.Generic;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>The table that a restore makes. What is null comes from the source.</summary>
/// <param name="TableName">Its name.</param>
internal sealed record RestoreTarget(string TableName)
{
    public BillingMode? BillingMode { get; init; }

    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>The global indexes; an empty list restores none.</summary>
    public List<GlobalSecondaryIndex>? GlobalIndexes { get; init; }

    /// <summary>The local indexes; an empty list restores none.</summary>
    public List<LocalSecondaryIndex>? LocalIndexes { get; init; }

    public SSESpecification? Encryption { get; init; }

    /// <summary>A table to read from and to drop: on demand, so that reading it is neither slow nor paid for by the hour.</summary>
    /// <param name="tableName">Its name.</param>
    /// <param name="withIndexes">Whether its indexes are restored; without is faster and cheaper.</param>
    public static RestoreTarget Scratch(string tableName, bool withIndexes) => new(tableName)
    {
        BillingMode = BillingMode.PAY_PER_REQUEST,
        GlobalIndexes = withIndexes ? null : [],
        LocalIndexes = withIndexes ? null : [],
    };
}
