using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>The accounts of a comparison.</summary>
public sealed class ComparisonCounts
{
    private readonly PageCounts _reference;
    private readonly PageCounts _difference;
    private readonly PairLookups _lookups;

    internal ComparisonCounts(PageCounts reference, PageCounts difference, PairLookups lookups)
    {
        _reference = reference;
        _difference = difference;
        _lookups = lookups;
    }

    /// <summary>Items read of the reference table.</summary>
    public long ReferenceItems => _reference.Items;

    /// <summary>Items read of the difference table.</summary>
    public long DifferenceItems => _difference.Items;

    /// <summary>Pairs that are equal.</summary>
    public long Equal { get; internal set; }

    /// <summary>Pairs that differ.</summary>
    public long Changed { get; internal set; }

    /// <summary>Items that only the reference table has.</summary>
    public long OnlyInReference { get; internal set; }

    /// <summary>Items that only the difference table has.</summary>
    public long OnlyInDifference { get; internal set; }

    /// <summary>Differences told.</summary>
    public long Differences => Changed + OnlyInReference + OnlyInDifference;

    /// <summary>Keys that were looked up in both tables.</summary>
    public long LookedUp { get; internal set; }

    /// <summary>Requests sent: pages and lookups.</summary>
    public long Requests => _reference.Requests + _difference.Requests + _lookups.Requests;

    /// <summary>Answers that throttled.</summary>
    public long Throttles => _reference.Throttles + _difference.Throttles + _lookups.Throttles;

    /// <summary>Read units as the service reported them.</summary>
    public double ConsumedCapacity => _reference.ConsumedCapacity + _difference.ConsumedCapacity + _lookups.ConsumedCapacity;

    /// <summary>Segments that each of the two scans has.</summary>
    public int Segments => _reference.Segments;

    /// <summary>Segments of the reference table that were read to their ends.</summary>
    public int ReferenceSegmentsDone => _reference.SegmentsDone;

    /// <summary>Segments of the difference table that were read to their ends.</summary>
    public int DifferenceSegmentsDone => _difference.SegmentsDone;
}
