using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using DynamoBatch.LocalAws.Backend;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>The token buckets of all tables and partitions.</summary>
internal sealed class WriteCapacity
{
    private readonly ThrottleSettings _settings;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Table, int Partition), TokenBucket> _buckets = new();

    public WriteCapacity(ThrottleSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
    }

    public bool OnDemand => _settings.OnDemand;

    /// <summary>Takes the units of one write, or tells why not.</summary>
    public string? TryTake(ItemWrite write)
    {
        var units = Math.Max(1, Math.Ceiling(write.Raw.Length / 1024.0));
        TokenBucket? partition = null;
        if (_settings.PartitionWriteUnits > 0 && write.PartitionKey is { } key)
        {
            partition = Bucket(write.Table, PartitionOf(key), _settings.PartitionWriteUnits);
            if (!partition.TryTake(units))
            {
                return "TableWriteKeyRangeThroughputExceeded";
            }
        }

        var limit = _settings.Tables.GetValueOrDefault(write.Table, _settings.TableWriteUnits);
        if (limit > 0 && !Bucket(write.Table, -1, limit).TryTake(units))
        {
            partition?.GiveBack(units);
            return OnDemand ? "TableWriteMaxOnDemandThroughputExceeded" : "TableWriteProvisionedThroughputExceeded";
        }

        return null;
    }

    private TokenBucket Bucket(string table, int partition, double unitsPerSecond) => _buckets.GetOrAdd(
        (table, partition), static (_, made) => new TokenBucket(made.unitsPerSecond, made.BurstSeconds, made._time),
        (unitsPerSecond, _settings.BurstSeconds, _time));

    private int PartitionOf(string key)
    {
        var hash = 2166136261U;
        foreach (var c in key)
        {
            hash = (hash ^ c) * 16777619U;
        }

        return (int)(hash % (uint)_settings.Partitions);
    }
}
