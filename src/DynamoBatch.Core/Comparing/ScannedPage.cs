namespace DynamoBatch.Core.Comparing;

/// <summary>What is kept of a page.</summary>
/// <param name="Segment">The segment of its table that it is of.</param>
/// <param name="Items">Its items, in the order of the page.</param>
internal sealed record ScannedPage(int Segment, ScannedItem[] Items);
