using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Pipeline;

/// <summary>The accounts of a run in words.</summary>
internal static class RunCounts
{
    public static string Describe(IReadOnlyList<TableRun> tables)
    {
        long Sum(Func<WriteCounts, long> count) => tables.Sum(t => count(t.Counts));
        return string.Format(
            CultureInfo.InvariantCulture,
            "Accepted {0:N0} items: {1:N0} succeeded, {2:N0} failed, {3:N0} unknown, {4:N0} replaced, {5:N0} not sent.",
            Sum(c => c.Accepted),
            Sum(c => c.Succeeded),
            Sum(c => c.Failed),
            Sum(c => c.Unknown),
            Sum(c => c.Replaced),
            Sum(c => c.NotSent));
    }
}
