using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Core.Reading;

/// <summary>Into how many segments a scan is divided.</summary>
internal static class SegmentPlan
{
    /// <summary>A table of this size is one segment: two pages are not worth a second.</summary>
    private const long SmallBytes = 2L * 1024 * 1024;

    /// <summary>What a segment should have about. More segments than requests in flight even out that they are not alike.</summary>
    private const long SegmentBytes = 4L * 1024 * 1024;

    /// <summary>The size is not known: the service counts every six hours or so.</summary>
    private const int UnknownSize = 16;

    private const int PerLane = 4;

    public static List<ScanSegment> Create(PageSource source, int throttleLimit)
    {
        int total = TotalOf(source, throttleLimit);
        return source.Segment is { } only
            ? [new ScanSegment(only)]
            : Enumerable.Range(0, total).Select(number => new ScanSegment(number)).ToList();
    }

    public static int TotalOf(PageSource source, int throttleLimit)
    {
        // The first few items are found in one place; looking in many reads more than is wanted.
        bool few = source.First is not null && source.Filter is null;
        long bytes = source.Index?.ApproximateBytes ?? source.Schema.ApproximateBytes;
        return source.Key is not null ? 1
            : source.TotalSegments is { } given ? given
            : few || (bytes > 0 && bytes <= SmallBytes) ? 1
            : bytes == 0 ? Math.Min(UnknownSize, throttleLimit)
            : (int)Math.Min((bytes / SegmentBytes) + 1, (long)throttleLimit * PerLane);
    }
}
