using System;
using System.Collections.Concurrent;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>The settings of one table that the backend does not keep. They end with the table: a recreated or restored one has its own.</summary>
internal sealed class TableSettings
{
    /// <summary>By what follows the table's ARN: "" for the table, "/stream/..." for a stream.</summary>
    public ConcurrentDictionary<string, ResourcePolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>By the ARN of the Kinesis stream.</summary>
    public ConcurrentDictionary<string, KinesisDestination> Destinations { get; } = new(StringComparer.Ordinal);

    /// <summary>By index; "" for the table.</summary>
    public ConcurrentDictionary<string, InsightsStatus> Insights { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked for, by index; "" for the table.</summary>
    public ConcurrentDictionary<string, WarmThroughput> Warm { get; } = new(StringComparer.Ordinal);

    /// <summary>By region.</summary>
    public ConcurrentDictionary<string, Replica> Replicas { get; } = new(StringComparer.Ordinal);

    /// <summary>What UpdateTable made of the encryption; null: as created.</summary>
    public Encryption? Encryption { get; set; }

    /// <summary>A table names its latest stream also when that is off.</summary>
    public LatestStream? Stream { get; set; }
}
