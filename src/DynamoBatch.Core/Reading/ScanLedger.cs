using System;
using System.Collections.Generic;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Reading;

/// <summary>Keeps how far each segment of a scan is, and why the scan ended. Its caller serializes the calls.</summary>
internal sealed class ScanLedger
{
    private readonly PageSource _source;
    private readonly ReaderOptions _options;
    private readonly List<ScanSegment> _segments;
    private readonly Random _random;
    private readonly ISegmentSteps? _steps;
    private long _lastProgress = long.MinValue;

    public ScanLedger(PageSource source, ReaderOptions options, PageCounts counts, ISegmentSteps? steps = null)
    {
        _steps = steps;
        _source = source;
        _options = options;
        Counts = counts;
        Remaining = source.First;
        TotalSegments = SegmentPlan.TotalOf(source, options.ThrottleLimit);
        _segments = SegmentPlan.Create(source, options.ThrottleLimit);
        Counts.Segments = _segments.Count;
        _random = options.Seed is { } seed ? new Random(seed) : new Random();
    }

    public PageCounts Counts { get; }

    public int TotalSegments { get; }

    /// <summary>Items that are still wanted; null for all.</summary>
    public long? Remaining { get; private set; }

    /// <summary>Why not everything was read; null while nothing has failed.</summary>
    public DdbException? Failure { get; private set; }

    /// <summary>Whether nothing more is to be asked for.</summary>
    public bool IsEnded => _segments.Count == 0 || Remaining == 0 || Failure is not null;

    /// <summary>A segment whose next page may be asked for. Those that were begun come first: few are open at any time.</summary>
    public ScanSegment? Next(long now) =>
        _segments.Find(s => s.Begun && !s.InFlight && s.Due <= now && MayAsk(s)) ?? _segments.Find(s => !s.Begun && MayAsk(s));

    /// <summary>When a segment that waits may be asked for again, in ticks; null where none waits.</summary>
    public long? NextDue()
    {
        long? due = null;
        foreach (ScanSegment segment in _segments)
        {
            due = segment.InFlight || due <= segment.Due ? due : segment.Due;
        }

        return due;
    }

    /// <summary>A page of a segment is asked for now.</summary>
    public void Begin(ScanSegment segment, long now)
    {
        segment.InFlight = true;
        if (!segment.Begun)
        {
            segment.Begun = true;
            _steps?.Begun(segment.Number);
        }

        segment.FirstTry = segment.Setbacks == 0 ? now : segment.FirstTry;
        Counts.Requests++;
    }

    /// <summary>A page has come: its items, but for those past what is wanted.</summary>
    public List<ReadOnlyMemory<byte>> Keep(ScanSegment segment, PageReply reply, long now)
    {
        segment.StartKey = reply.LastEvaluatedKey;
        segment.Setbacks = 0;
        _lastProgress = now;
        Counts.Pages++;
        Counts.Scanned += reply.Scanned;
        List<ReadOnlyMemory<byte>> items = reply.Items;
        if (items.Count > Remaining)
        {
            items.RemoveRange((int)Remaining, items.Count - (int)Remaining);
        }

        Remaining -= items.Count;
        Counts.Items += items.Count;
        if (segment.StartKey is null)
        {
            Counts.SegmentsDone++;
            _segments.Remove(segment);
            _steps?.Ended(segment.Number);
        }

        return items;
    }

    /// <summary>A page has not come: it is asked for again, unless its time or its tries are up.</summary>
    public void TryAgain(ScanSegment segment, string? why, long now)
    {
        segment.Setbacks++;
        if (segment.Setbacks >= _options.MaxRetry || now - Math.Max(segment.FirstTry, _lastProgress) > _options.RetryTimeout.Ticks)
        {
            string where = TotalSegments > 1 ? FormattableString.Invariant($", segment {segment.Number} of {TotalSegments},") : string.Empty;
            Fail(new DdbException(
                FailureKind.ItemUnprocessed,
                FormattableString.Invariant($"Reading {_source.Name}{where} was given up after {segment.Setbacks} tries of one page, so not all of it was read. {why}")));
            return;
        }

        segment.Due = now + RetryPolicy.Delay(segment.Setbacks, _random.NextDouble()).Ticks;
    }

    public void Fail(DdbException failure) => Failure ??= failure;

    private bool MayAsk(ScanSegment segment) => _steps is null || _steps.MayAsk(segment.Number, segment.Begun);
}
