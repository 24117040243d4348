using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>A secondary index as it was.</summary>
internal sealed record IndexSettings
{
    public required string Name { get; init; }

    /// <summary>Its key attributes, partition key first: name and HASH or RANGE.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Key { get; init; }

    public required string Projection { get; init; }

    public IReadOnlyList<string> NonKeyAttributes { get; init; } = [];

    public Throughput? Provisioned { get; init; }

    public Throughput? OnDemand { get; init; }

    public Throughput? Warm { get; init; }

    /// <summary>What cannot be changed of an index once it is there.</summary>
    [JsonIgnore]
    public string Shape =>
        $"{Name}: {string.Join(", ", Key.Select(k => $"{k.Key} {k.Value}"))}; {Projection} {string.Join(", ", NonKeyAttributes.OrderBy(a => a, StringComparer.Ordinal))}".TrimEnd();
}
