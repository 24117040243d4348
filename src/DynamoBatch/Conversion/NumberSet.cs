using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Items;
using DynamoBatch.Output;

namespace DynamoBatch.Conversion;

/// <summary>Gathers a set of numbers whose elements all have one type: the plainest that holds every one of them exactly.</summary>
internal sealed class NumberSet
{
    private HashSet<long>? _whole = [];
    private HashSet<decimal>? _decimals;
    private HashSet<DdbNumber>? _others;

    /// <summary>A HashSet of Int64, Decimal or DdbNumber.</summary>
    public object Result => (object?)_whole ?? (object?)_decimals ?? _others!;

    /// <summary>Adds an element.</summary>
    /// <param name="number">Int64, Decimal or NumberText.</param>
    public void Add(object number)
    {
        if (number is NumberText && _others == null)
        {
            _others = _whole != null ? [.. _whole.Select(w => new DdbNumber(w))] : [.. _decimals!.Select(d => new DdbNumber(d))];
            _whole = null;
            _decimals = null;
        }
        else if (number is decimal && _whole != null)
        {
            _decimals = [.. _whole.Select(w => (decimal)w)];
            _whole = null;
        }

        if (_others != null)
        {
            _others.Add(number switch { long whole => new DdbNumber(whole), decimal exact => new DdbNumber(exact), _ => new DdbNumber(((NumberText)number).Text) });
        }
        else if (_decimals != null)
        {
            _decimals.Add(number is long whole ? whole : (decimal)number);
        }
        else
        {
            _whole!.Add((long)number);
        }
    }
}
