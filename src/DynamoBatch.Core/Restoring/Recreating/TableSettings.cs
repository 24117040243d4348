using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Every setting of a table that a new one of its name must have. Kept in the journal, so that it outlives the table.</summary>
internal sealed record TableSettings
{
    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required string TableName { get; init; }

    public required string TableArn { get; init; }

    public string? TableId { get; init; }

    /// <summary>The key with its types, as messages have it.</summary>
    public required string Key { get; init; }

    /// <summary>The types of all key attributes, those of indexes included.</summary>
    public required IReadOnlyDictionary<string, string> AttributeTypes { get; init; }

    public required string BillingMode { get; init; }

    public Throughput? Provisioned { get; init; }

    public Throughput? OnDemand { get; init; }

    public Throughput? Warm { get; init; }

    public IReadOnlyList<IndexSettings> GlobalIndexes { get; init; } = [];

    public IReadOnlyList<IndexSettings> LocalIndexes { get; init; } = [];

    public IReadOnlyList<string> VectorIndexes { get; init; } = [];

    /// <summary>KMS where a key of the account's own encrypts the table; null for the service's own key.</summary>
    public string? EncryptionType { get; init; }

    public string? EncryptionKey { get; init; }

    public string TableClass { get; init; } = "STANDARD";

    public bool DeletionProtection { get; init; }

    public string? StreamViewType { get; init; }

    public string? StreamArn { get; init; }

    public string? StreamPolicy { get; init; }

    public string? ResourcePolicy { get; init; }

    public string? TtlAttribute { get; init; }

    public bool PointInTimeRecovery { get; init; }

    public int? RecoveryPeriodInDays { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new SortedDictionary<string, string>();

    public IReadOnlyList<KinesisSettings> Kinesis { get; init; } = [];

    public IReadOnlyList<InsightsSettings> Insights { get; init; } = [];

    /// <summary>Settings that could not be read, each with its reason: they cannot be carried over.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static TableSettings FromJson(string json) => JsonSerializer.Deserialize<TableSettings>(json, Format)!;
}
