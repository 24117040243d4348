using System;
using System.Text;

namespace DynamoBatch.Core.Items;

/// <summary>Where in the JSON of the item being written its key attributes are.</summary>
internal sealed class KeyRanges
{
    private readonly JsonBuffer _json;
    private (int Start, int Length) _partition;
    private (int Start, int Length) _sort;

    internal KeyRanges(JsonBuffer json) => _json = json;

    /// <summary>Bytes of the joined key.</summary>
    internal int Length => KeyEncoder.ComposedLength(_partition.Length, _sort.Length);

    internal void Reset()
    {
        _partition = default;
        _sort = default;
    }

    /// <summary>Takes note of a key attribute just written.</summary>
    /// <param name="plan">The attribute.</param>
    /// <param name="start">Where it starts, which is its comma.</param>
    internal void Add(AttributePlan plan, int start)
    {
        var range = (start + 1, _json.Length - start - 1);
        if (plan.Role == AttributeRole.PartitionKey)
        {
            _partition = range;
        }
        else
        {
            _sort = range;
        }
    }

    /// <summary>Joins them to the key.</summary>
    internal void Compose(Span<byte> destination)
    {
        var json = _json.Written;
        KeyEncoder.Compose(json.Slice(_partition.Start, _partition.Length), json.Slice(_sort.Start, _sort.Length), destination);
    }

    /// <summary>The key as far as it is known; null where nothing of it is.</summary>
    internal string? ToText()
    {
        if (_partition.Length + _sort.Length == 0)
        {
            return null;
        }

        var key = new byte[Length];
        Compose(key);
        return Encoding.UTF8.GetString(key);
    }
}
