using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Tests.Comparing;

/// <summary>A table in memory, with a scan order of its own, that does to scans and lookups what a real one may. Thread-safe.</summary>
internal sealed class SimulatedScans
{
    private const int MaxPosition = 1 << 24;

    private readonly Dictionary<string, string> _items = new(StringComparer.Ordinal);
    private readonly Random _random;
    private readonly int _orderSeed;

    /// <param name="name">The table.</param>
    /// <param name="orderSeed">Tables with the same one are scanned in the same order.</param>
    /// <param name="random">Decides about trouble.</param>
    /// <param name="bytes">Its size as the service says it: what the number of segments depends on.</param>
    public SimulatedScans(string name, int orderSeed, Random random, long bytes = 1)
    {
        _orderSeed = orderSeed;
        _random = random;
        Schema = new TableSchema(name, new KeyAttribute("id", KeyType.S), null, []) { ApproximateBytes = bytes };
    }

    public TableSchema Schema { get; }

    public int PageSize { get; init; } = 7;

    /// <summary>How many requests go wrong, of all.</summary>
    public double Trouble { get; init; }

    /// <summary>After so many pages, one that cannot be read any more.</summary>
    public int? FailAfter { get; init; }

    /// <summary>What else happens before each page and each lookup.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>All states that items ever had; an empty text stands for absence.</summary>
    public Dictionary<string, HashSet<string>> Ever { get; } = new(StringComparer.Ordinal);

    public int Pages { get; private set; }

    public int Lookups { get; private set; }

    /// <summary>Writes an item, or deletes it where there is none.</summary>
    public void Set(string id, string? item)
    {
        lock (_items)
        {
            if (!Ever.TryGetValue(id, out HashSet<string>? states))
            {
                Ever[id] = states = [_items.GetValueOrDefault(id, string.Empty)];
            }

            states.Add(item ?? string.Empty);
            if (item is null)
            {
                _items.Remove(id);
            }
            else
            {
                _items[id] = item;
            }
        }
    }

    public string? Get(string id)
    {
        lock (_items)
        {
            return _items.GetValueOrDefault(id);
        }
    }

    public PageReply Scan(PageRequest request)
    {
        Meanwhile?.Invoke();
        lock (_items)
        {
            if (Pages >= FailAfter)
            {
                return new PageReply(ReplyKind.TableFailed) { Failure = new DdbException(FailureKind.AccessDenied, "Denied in the middle.") };
            }

            if (_random.NextDouble() < Trouble)
            {
                return new PageReply(_random.Next(2) == 0 ? ReplyKind.NotWritten : ReplyKind.Ambiguous) { Throttled = _random.Next(2) == 0, Message = "Trouble" };
            }

            Pages++;
            int after = request.StartKey is { } start ? int.Parse(Encoding.UTF8.GetString(start), CultureInfo.InvariantCulture) : -1;
            List<KeyValuePair<string, string>> page = _items
                .Where(i => PositionOf(i.Key) > after && PositionOf(i.Key) % request.TotalSegments == request.Segment.Number)
                .OrderBy(i => PositionOf(i.Key))
                .Take(Math.Min(PageSize, request.Limit ?? int.MaxValue))
                .ToList();
            return new PageReply(ReplyKind.Answered)
            {
                Items = page.Select(i => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(i.Value)).ToList(),
                LastEvaluatedKey = page.Count == 0 ? null : Encoding.UTF8.GetBytes(PositionOf(page[^1].Key).ToString(CultureInfo.InvariantCulture)),
                Bytes = page.Sum(i => i.Value.Length),
                Scanned = page.Count,
                Units = 0.5,
            };
        }
    }

    /// <summary>An item by its canonical key; empty where there is none.</summary>
    public ReadOnlyMemory<byte> LookUp(ReadOnlyMemory<byte> key)
    {
        Meanwhile?.Invoke();
        lock (_items)
        {
            Lookups++;
            return _items.TryGetValue(IdOf(key), out string? item) ? Encoding.UTF8.GetBytes(item) : default(ReadOnlyMemory<byte>);
        }
    }

    public static string IdOf(ReadOnlyMemory<byte> key) => Encoding.UTF8.GetString(key.Span).Split('"')[5];

    // Not string.GetHashCode, which is another one in each process.
    private int PositionOf(string id)
    {
        uint hash = 2166136261 ^ (uint)_orderSeed;
        foreach (char c in id)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)((hash ^ (hash >> 15)) % MaxPosition);
    }
}
