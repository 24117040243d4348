using System;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws;

/// <summary>How a local AWS is started.</summary>
public sealed record LocalAwsOptions
{
    /// <summary>The loopback port; 0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>The faults to begin with.</summary>
    public FaultSettings Faults { get; init; } = FaultSettings.None;

    /// <summary>Log the keys of writes, and watch that never two writes of one key are in flight. Costs parsing each write.</summary>
    public bool LogKeys { get; init; }

    /// <summary>How many request records are kept.</summary>
    public int KeepRecords { get; init; } = 100_000;

    /// <summary>Which DynamoDB server to start behind.</summary>
    public DynamoServerKind Server { get; init; }

    /// <summary>A DynamoDB server that runs already, instead of one started here. It is not stopped.</summary>
    public Uri? Backend { get; init; }

    /// <summary>How long restores and backups take, and how far the restorable window is behind.</summary>
    public BackupSettings Backups { get; init; } = new();

    /// <summary>How far the clock of backups begins behind, so that it can be moved forward and no time that it has seen is a client's future.</summary>
    public TimeSpan ClockBehind { get; init; }

    /// <summary>
    /// Until how long after its request a late write may land; one that this machine is too slow for then never lands. A client that waits out
    /// longer than this meets none, however slow the machine. Null: a late write always lands.
    /// </summary>
    public TimeSpan? LateLimit { get; init; }

    /// <summary>Time for delays, buckets and timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
