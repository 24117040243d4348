using System.Collections.Generic;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// A set of ordinals as sorted, disjoint ranges: ten million rows written in about their order are a few of them. What is added
/// is merged in bulk, so that any order of adding stays cheap.
/// </summary>
internal sealed class RangeSet
{
    private const int MinMerge = 1024;

    private readonly List<OrdinalRange> _added = new();
    private List<OrdinalRange> _ranges = new();
    private int _cursor;

    /// <summary>The set's ranges, ascending; none touches the next.</summary>
    public IReadOnlyList<OrdinalRange> Ranges
    {
        get
        {
            Merge();
            return _ranges;
        }
    }

    public void Add(long ordinal) => Add(ordinal, ordinal);

    public void Add(long first, long last)
    {
        if (_added.Count > 0)
        {
            OrdinalRange latest = _added[_added.Count - 1];
            if (first >= latest.First && first <= latest.Last + 1)
            {
                _added[_added.Count - 1] = last > latest.Last ? new OrdinalRange(latest.First, last) : latest;
                return;
            }
        }

        _added.Add(new OrdinalRange(first, last));
        if (_added.Count >= MinMerge && _added.Count > _ranges.Count)
        {
            Merge();
        }
    }

    /// <summary>Quick where the questions ascend, as an input does; a binary search elsewhere.</summary>
    public bool Contains(long ordinal)
    {
        Merge();
        if (_cursor >= _ranges.Count || _ranges[_cursor].First > ordinal)
        {
            _cursor = Find(ordinal);
        }
        else if (_ranges[_cursor].Last < ordinal)
        {
            _cursor = _cursor + 1 < _ranges.Count && _ranges[_cursor + 1].First > ordinal ? _cursor : Find(ordinal);
        }

        return _cursor < _ranges.Count && _ranges[_cursor].First <= ordinal && ordinal <= _ranges[_cursor].Last;
    }

    /// <summary>The last range that begins at or before the ordinal; the first one where none does.</summary>
    private int Find(long ordinal)
    {
        int at = _ranges.BinarySearch(new OrdinalRange(ordinal, ordinal));
        return at >= 0 ? at : ~at > 0 ? ~at - 1 : 0;
    }

    private void Merge()
    {
        if (_added.Count == 0)
        {
            return;
        }

        _added.Sort();
        var merged = new List<OrdinalRange>(_ranges.Count + 16);
        int i = 0;
        int j = 0;
        while (i < _ranges.Count || j < _added.Count)
        {
            bool old = j == _added.Count || (i < _ranges.Count && _ranges[i].First <= _added[j].First);
            OrdinalRange next = old ? _ranges[i++] : _added[j++];
            if (merged.Count > 0 && next.First <= merged[merged.Count - 1].Last + 1)
            {
                OrdinalRange last = merged[merged.Count - 1];
                merged[merged.Count - 1] = next.Last > last.Last ? new OrdinalRange(last.First, next.Last) : last;
            }
            else
            {
                merged.Add(next);
            }
        }

        _ranges = merged;
        _added.Clear();
        _cursor = 0;
    }
}
