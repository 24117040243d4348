using System;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// One segment of a scan in a table's own order: the backend's buckets, cut into blocks and shuffled by the TableId. Follows from the
/// TableId and TotalSegments alone, so that nothing is kept from page to page.
/// </summary>
internal sealed class ScanBlocks
{
    private const int Fewest = 64;
    private readonly int[] _blocks;
    private readonly int _from;
    private readonly int _to;

    public ScanBlocks(string tableId, int segment, int totalSegments)
    {
        // Several blocks a segment; every block is one call of the backend at least.
        Count = Math.Clamp(totalSegments * 4, Fewest, PartitionHash.Buckets);
        _blocks = new int[Count];
        var random = new SeededRandom(0, tableId, Count);
        for (var i = 0; i < Count; i++)
        {
            var j = random.Next(i);
            _blocks[i] = _blocks[j];
            _blocks[j] = i;
        }

        _from = Part(segment, totalSegments, Count);
        _to = Part(segment + 1, totalSegments, Count);
    }

    /// <summary>How many blocks the table has: the backend's TotalSegments.</summary>
    public int Count { get; }

    /// <summary>The blocks of this segment, in order.</summary>
    public ReadOnlySpan<int> Blocks => _blocks.AsSpan(_from, _to - _from);

    /// <summary>Which of <see cref="Blocks" /> has a bucket; negative: none.</summary>
    public int IndexOf(int bucket) => Blocks.IndexOf((int)((long)bucket * Count / PartitionHash.Buckets));

    private static int Part(int part, int parts, int of) => (int)(((long)of * part + parts - 1) / parts);
}
