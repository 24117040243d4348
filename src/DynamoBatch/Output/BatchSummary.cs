using System;

namespace DynamoBatch.Output;

/// <summary>
/// What became of the items of one table. In every run that was not a dry run:
/// <c>Accepted = Succeeded + Failed + Unknown + Replaced + NotSent + Skipped</c>.
/// </summary>
public sealed class BatchSummary
{
    /// <summary>The table; empty for objects that name none.</summary>
    public string TableName { get; set; } = string.Empty;

    /// <summary>Objects taken from the pipeline, refused ones included.</summary>
    public long Accepted { get; set; }

    /// <summary>Writes that the service acknowledged.</summary>
    public long Succeeded { get; set; }

    /// <summary>Items known not to be written: each has an error.</summary>
    public long Failed { get; set; }

    /// <summary>Items of which the service never told the outcome: each has an error.</summary>
    public long Unknown { get; set; }

    /// <summary>Writes made void by a later, acknowledged write of the same key, before they were sent.</summary>
    public long Replaced { get; set; }

    /// <summary>Accepted, but the run ended before they were written.</summary>
    public long NotSent { get; set; }

    /// <summary>Already written by an earlier run.</summary>
    public long Skipped { get; set; }

    /// <summary>Requests that carried items of this table.</summary>
    public long Requests { get; set; }

    /// <summary>Items sent again.</summary>
    public long Retries { get; set; }

    /// <summary>Answers that throttled, wholly or in part.</summary>
    public long Throttles { get; set; }

    /// <summary>Write units, as the service reported them.</summary>
    public double ConsumedCapacity { get; set; }

    /// <summary>Bytes of the written items, as DynamoDB counts them.</summary>
    public long Bytes { get; set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Writes acknowledged a second.</summary>
    public double ItemsPerSecond { get; set; }

    /// <summary>Whether this was a dry run: nothing was written, and the Planned numbers say what would be.</summary>
    public bool WhatIf { get; set; }

    /// <summary>Dry run: valid items.</summary>
    public long Planned { get; set; }

    /// <summary>Dry run: their bytes, as DynamoDB counts them.</summary>
    public long PlannedBytes { get; set; }

    /// <summary>Dry run: about how many write units they cost, without indexes.</summary>
    public long PlannedWriteUnits { get; set; }

    /// <summary>The accounts in a line.</summary>
    public override string ToString() => WhatIf
        ? $"{TableName}: {Planned} of {Accepted} items planned, {Failed} failed"
        : $"{TableName}: accepted {Accepted}, succeeded {Succeeded}, failed {Failed}, unknown {Unknown}, replaced {Replaced}, not sent {NotSent}{(Skipped > 0 ? $", skipped {Skipped}" : string.Empty)}";
}
