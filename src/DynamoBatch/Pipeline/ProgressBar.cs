using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace DynamoBatch.Pipeline;

/// <summary>The one progress bar of a run: at most four refreshes a second.</summary>
internal sealed class ProgressBar
{
    private const int RefreshMilliseconds = 250;
    private readonly string _activity;
    private readonly ProgressRecord _record;
    private int _shownAt = Environment.TickCount - RefreshMilliseconds;
    private bool _shown;

    public ProgressBar(string activity)
    {
        _activity = activity;
        _record = new ProgressRecord(Math.Abs(activity.GetHashCode() % 1000) + 1, activity, "Starting");
    }

    /// <summary>Whether it is time to refresh. Cheap enough to ask for each item.</summary>
    public bool IsDue => unchecked(Environment.TickCount - _shownAt) >= RefreshMilliseconds;

    /// <summary>The record to write.</summary>
    public ProgressRecord Refresh(string status)
    {
        _shownAt = Environment.TickCount;
        _shown = true;

        // The bar's own share is a shade of colour only.
        _record.StatusDescription = _record.PercentComplete < 0 ? status : string.Format(CultureInfo.InvariantCulture, "{0}%: {1}", _record.PercentComplete, status);
        return _record;
    }

    /// <summary>The record to write, of a run that writes.</summary>
    /// <param name="tables">Its tables.</param>
    /// <param name="inFlight">Requests in flight.</param>
    /// <param name="elapsed">How long it has been running.</param>
    /// <param name="expected">How many objects will come; null where nobody said.</param>
    public ProgressRecord Refresh(IReadOnlyList<TableRun> tables, int inFlight, TimeSpan elapsed, long? expected)
    {
        long done = tables.Sum(t => t.Counts.Accepted - t.Counts.Pending);
        Estimate(done, expected, tables.Sum(t => t.Counts.Skipped), elapsed);
        return Refresh(Describe(done, tables.Sum(t => t.Counts.ConsumedCapacity), tables.Sum(t => t.Counts.Throttles), inFlight, elapsed));
    }

    /// <summary>Sets how much is done, and how long the rest will take, for the next refresh.</summary>
    /// <param name="done">Items done.</param>
    /// <param name="expected">Items in all; null where it is not known.</param>
    /// <param name="skipped">Of those done, what took no time.</param>
    /// <param name="elapsed">How long the rest of them took.</param>
    public void Estimate(long done, long? expected, long skipped, TimeSpan elapsed)
    {
        // More than expected: nobody knows how many more.
        bool known = expected >= done && expected > 0;
        long worked = done - skipped;
        _record.PercentComplete = known ? (int)(100.0 * done / expected!.Value) : -1;
        _record.SecondsRemaining = known && worked > 0 ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds / worked * (expected!.Value - done)) : -1;
    }

    /// <summary>The status of any run.</summary>
    public static string Describe(long items, double units, long throttles, int inFlight, TimeSpan elapsed)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        return string.Format(
            CultureInfo.CurrentCulture,
            "{0:N0} items done, {1:N0} items/s, {2:N0} units/s, {3:N0} throttles, {4} requests in flight",
            items,
            items / seconds,
            units / seconds,
            throttles,
            inFlight);
    }

    /// <summary>The record that takes the bar away; null where none was shown.</summary>
    public ProgressRecord? Complete() =>
        _shown ? new ProgressRecord(_record.ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed } : null;
}
