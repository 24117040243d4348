using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>The accounts of a run: as summaries, and in words.</summary>
internal static class RunCounts
{
    public static string Describe(IReadOnlyList<TableRun> tables)
    {
        long Sum(Func<WriteCounts, long> count) => tables.Sum(t => count(t.Counts));
        long skipped = Sum(c => c.Skipped);
        return string.Format(
            CultureInfo.InvariantCulture,
            "Accepted {0:N0} items: {1:N0} succeeded, {2:N0} failed, {3:N0} unknown, {4:N0} replaced, {5:N0} not sent{6}.",
            Sum(c => c.Accepted),
            Sum(c => c.Succeeded),
            Sum(c => c.Failed),
            Sum(c => c.Unknown),
            Sum(c => c.Replaced),
            Sum(c => c.NotSent),
            skipped == 0 ? string.Empty : string.Format(CultureInfo.InvariantCulture, ", {0:N0} skipped", skipped));
    }

    /// <summary>Writes a summary for each table; beside objects, to the information stream.</summary>
    public static void Tell(WriteCommand command, IReadOnlyList<TableRun> tables, TimeSpan elapsed)
    {
        foreach (TableRun table in tables)
        {
            BatchSummary summary = table.Summarize(elapsed);
            if (command.PassThru || command.ReturnsItems)
            {
                command.WriteInformation(summary, ["DynamoBatch"]);
            }
            else
            {
                command.WriteObject(summary);
            }
        }
    }
}
