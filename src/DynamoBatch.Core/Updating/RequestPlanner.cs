using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Updating;

/// <summary>Makes a request once for all items that have the same attributes in the same order, as the rows of a file do.</summary>
internal sealed class RequestPlanner : IRequestPlanner
{
    // Objects whose names never repeat must not fill the memory.
    private const int MaxKept = 1024;

    private readonly Func<IReadOnlyList<EncodedAttribute>, ItemRequest> _create;
    private readonly Dictionary<string, ItemRequest> _known = new(StringComparer.Ordinal);
    private EncodedAttribute[] _lastAttributes = [];
    private ItemRequest? _last;

    public RequestPlanner(Func<IReadOnlyList<EncodedAttribute>, ItemRequest> create) => _create = create;

    [MethodImpl(Jit.Hot)]
    public ItemRequest Plan(EncodedItem item)
    {
        try
        {
            if (_last is null || !HasShapeOf(_lastAttributes, item.AttributeSpan))
            {
                _last = Find(item.Attributes);
                _lastAttributes = item.AttributeSpan.ToArray();
            }

            _last.Check(item);
            return _last;
        }
        catch (ItemException exception)
        {
            throw ItemFaults.WithKey(exception, Encoding.UTF8.GetString(item.Key.ToArray()));
        }
    }

    [MethodImpl(Jit.Hot)]
    private static bool HasShapeOf(ReadOnlySpan<EncodedAttribute> known, ReadOnlySpan<EncodedAttribute> attributes)
    {
        if (known.Length != attributes.Length)
        {
            return false;
        }

        for (int i = 0; i < known.Length; i++)
        {
            if (!ReferenceEquals(known[i].Plan, attributes[i].Plan))
            {
                return false;
            }
        }

        return true;
    }

    private ItemRequest Find(IReadOnlyList<EncodedAttribute> attributes)
    {
        string names = string.Join("\0", attributes.Select(a => a.Name));
        if (_known.TryGetValue(names, out ItemRequest? request))
        {
            return request;
        }

        request = _create(attributes);
        if (_known.Count == MaxKept)
        {
            _known.Clear();
        }

        _known.Add(names, request);
        return request;
    }
}
