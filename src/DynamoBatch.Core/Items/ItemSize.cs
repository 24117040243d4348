namespace DynamoBatch.Core.Items;

/// <summary>
/// Counts an item's bytes as DynamoDB does (developer guide, 'item sizes and formats'): names and text in UTF-8, binary as it is.
/// A number's size is documented as approximate only, so the part that is not certain is kept apart.
/// </summary>
internal sealed class ItemSize
{
    /// <summary>Bytes of one item at most: 400 KB (developer guide, 'quotas').</summary>
    internal const int Limit = 409_600;

    private const int MaxNumber = 21;

    /// <summary>The estimate.</summary>
    internal int Total { get; private set; }

    /// <summary>By how much the estimate may be too high.</summary>
    internal int Slack { get; private set; }

    /// <summary>The item is not smaller than this.</summary>
    internal int LowerBound => Total - Slack;

    /// <summary>Whether the item is too large for certain.</summary>
    internal bool IsOver => LowerBound > Limit;

    internal void Reset(int total = 0, int slack = 0)
    {
        Total = total;
        Slack = slack;
    }

    /// <summary>Whether so many bytes more would be too large for certain.</summary>
    internal bool WouldExceed(long bytes) => LowerBound + bytes > Limit;

    /// <summary>A name, a text or a binary.</summary>
    internal void AddBytes(int count) => Total += count;

    /// <summary>BOOL or NULL.</summary>
    internal void AddFlag() => Total++;

    /// <summary>A list or a map, without its elements.</summary>
    internal void AddContainer() => Total += 3;

    /// <summary>What an element of a list or map costs beside its name and value.</summary>
    internal void AddElement() => Total++;

    /// <summary>A number.</summary>
    /// <param name="digits">Its significant digits; 0 for zero.</param>
    /// <param name="negative">Whether it is below zero.</param>
    internal void AddNumber(int digits, bool negative)
    {
        var size = OfNumber(digits, negative);
        Total += size;
        Slack += size - LeastOfNumber(digits);
    }

    /// <summary>About (significant digits) / 2 + 1, and one more for a sign.</summary>
    internal static int OfNumber(int digits, bool negative)
    {
        var size = ((digits + 1) / 2) + 1 + (negative ? 1 : 0);
        return size > MaxNumber ? MaxNumber : size;
    }

    private static int LeastOfNumber(int digits) => digits < 2 ? 1 : digits / 2;
}
