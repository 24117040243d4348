namespace DynamoBatch.Core.Reading;

/// <summary>The accounts of a scan or a query.</summary>
public sealed class PageCounts
{
    /// <summary>Items received.</summary>
    public long Items { get; internal set; }

    /// <summary>Items that the service looked at, filtered ones included.</summary>
    public long Scanned { get; internal set; }

    /// <summary>Pages received.</summary>
    public long Pages { get; internal set; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; internal set; }

    /// <summary>Answers that throttled.</summary>
    public long Throttles { get; internal set; }

    /// <summary>Read units as the service reported them.</summary>
    public double ConsumedCapacity { get; internal set; }

    /// <summary>Segments that the scan has.</summary>
    public int Segments { get; internal set; }

    /// <summary>Segments that were read to their ends.</summary>
    public int SegmentsDone { get; internal set; }
}
