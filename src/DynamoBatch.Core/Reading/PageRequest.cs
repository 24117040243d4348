namespace DynamoBatch.Core.Reading;

/// <summary>One request for a page.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="StartKey">Where it begins; null at the beginning.</param>
/// <param name="TotalSegments">How many segments the scan has.</param>
/// <param name="Limit">Items to look at, at most; null for as many as fit into a page.</param>
/// <param name="Consistent">Whether the read is consistent.</param>
/// <param name="ReservedUnits">Read units that were booked for it.</param>
internal sealed record PageRequest(ScanSegment Segment, byte[]? StartKey, int TotalSegments, int? Limit, bool Consistent, double ReservedUnits);
