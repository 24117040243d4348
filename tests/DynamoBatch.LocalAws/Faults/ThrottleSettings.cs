using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Write capacity: a token bucket per table and per partition. An item takes its JSON's length in units of 1 KB.</summary>
public sealed record ThrottleSettings
{
    /// <summary>Write units per second of each table; 0: no limit.</summary>
    public double TableWriteUnits { get; init; }

    /// <summary>Write units per second of single tables, instead of <see cref="TableWriteUnits" />.</summary>
    public IReadOnlyDictionary<string, double> Tables { get; init; } = new Dictionary<string, double>();

    /// <summary>Write units per second of each partition; 0: no limit. AWS: 1,000.</summary>
    public double PartitionWriteUnits { get; init; }

    /// <summary>How many partitions a table has. Keys are spread over them by a hash of the partition key's value.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>How many seconds' units a bucket holds.</summary>
    public double BurstSeconds { get; init; } = 1;

    /// <summary>Answer as an on-demand table does (ThrottlingException, other reasons).</summary>
    public bool OnDemand { get; init; }
}
