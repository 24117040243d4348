using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Updating;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>One table of a run: how its items are encoded, what may be done to it, and its accounts.</summary>
internal sealed class TableRun : IRoutedTable
{
    private readonly WriteCounts _ownCounts = new();

    public TableRun(string name) => Name = name;

    public string Name { get; }

    public string? Arn => Table?.Schema.Arn;

    public TableMode Mode { get; set; }

    /// <summary>The engine's table; null where it could not be opened, or where objects name none.</summary>
    public WriteTable? Table { get; set; }

    public ObjectEncoder? Encoder { get; set; }

    /// <summary>How its writes are asked for, where BatchWriteItem cannot make them.</summary>
    public IRequestPlanner? Planner { get; set; }

    /// <summary>Why it could not be opened.</summary>
    public DdbException? Failure { get; set; }

    public WriteCounts Counts => Table?.Counts ?? _ownCounts;

    private long Planned { get; set; }

    private long PlannedBytes { get; set; }

    private long PlannedWriteUnits { get; set; }

    /// <summary>Makes a write of an object, or says why it cannot be one.</summary>
    [MethodImpl(Jit.Hot)]
    public TakenObject Take(PSObject inputObject, long ordinal, WriteVerb verb, Checkpoint? checkpoint)
    {
        if (Failure is not null)
        {
            return new TakenObject(this, inputObject, ordinal, null, Failure);
        }

        try
        {
            EncodedItem item = Encoder!.Encode(inputObject);
            ItemRequest? request = Planner?.Plan(item);
            ulong contribution = checkpoint is null ? 0 : Checkpoint.ContributionOf(Table!, verb, item);
            string token = request?.Repeat is not RepeatRule.ByToken ? string.Empty
                : checkpoint?.TokenOf(ordinal, contribution) ?? Guid.NewGuid().ToString();
            var write = new WriteOperation(Table!, verb, item, inputObject)
            {
                Request = request,
                Token = token,
                Ordinal = ordinal,
                Contribution = contribution,
            };
            return new TakenObject(this, inputObject, ordinal, write, null);
        }
        catch (DdbException exception)
        {
            return new TakenObject(this, inputObject, ordinal, null, exception);
        }
    }

    /// <summary>Counts a write of a dry run.</summary>
    public void Plan(WriteOperation write)
    {
        Counts.Accepted++;
        Planned++;
        PlannedBytes += write.Item.Size;
        PlannedWriteUnits += write.Units;
    }

    public BatchSummary Summarize(TimeSpan elapsed) => new()
    {
        TableName = Name,
        Accepted = Counts.Accepted,
        Succeeded = Counts.Succeeded,
        Failed = Counts.Failed,
        Unknown = Counts.Unknown,
        Replaced = Counts.Replaced,
        NotSent = Counts.NotSent,
        Skipped = Counts.Skipped,
        Requests = Counts.Requests,
        Retries = Counts.Retries,
        Throttles = Counts.Throttles,
        ConsumedCapacity = Counts.ConsumedCapacity,
        Bytes = Counts.Bytes,
        Elapsed = elapsed,
        ItemsPerSecond = elapsed > TimeSpan.Zero ? Math.Round(Counts.Succeeded / elapsed.TotalSeconds, 1) : 0,
        WhatIf = Mode is TableMode.DryRun,
        Planned = Planned,
        PlannedBytes = PlannedBytes,
        PlannedWriteUnits = PlannedWriteUnits,
    };
}
