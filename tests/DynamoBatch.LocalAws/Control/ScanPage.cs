using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>One page of a scan, put together from pages of the backend.</summary>
internal sealed class ScanPage
{
    private const double FullUnits = 256; // 1 MB, in units of 4 KB
    private readonly ArrayBufferWriter<byte> _items = new();
    private bool _hasItems;
    private int _count;
    private double _units;
    private ReadOnlyMemory<byte>? _lastKey;

    public int Scanned { get; private set; }

    public bool HasEnd => _lastKey is not null;

    public void Add(ReadOnlyMemory<byte> answer)
    {
        var scanned = 0;
        var units = 0.0;
        foreach (var member in JsonSlices.Members(answer))
        {
            switch (member.Name)
            {
                case "Items": AddItems(member.Value.Span); break;
                case "Count": _count += JsonSerializer.Deserialize<int>(member.Value.Span); break;
                case "ScannedCount": scanned = JsonSerializer.Deserialize<int>(member.Value.Span); break;
                case "LastEvaluatedKey": _lastKey = member.Value; break;
                case "ConsumedCapacity" when JsonSlices.Find(member.Value, "CapacityUnits") is { } number:
                    units = JsonSerializer.Deserialize<double>(number.Span);
                    break;
                default: break;
            }
        }

        Scanned += scanned;
        // An empty block is the price of this order, not the table's.
        _units += scanned > 0 ? units : 0;
    }

    /// <summary>Whether a megabyte was read, filtered items included.</summary>
    public bool IsFull(bool consistent) => (consistent ? _units : 2 * _units) >= FullUnits;

    public Answer ToAnswer(Answer like, ScanRequest request)
    {
        var output = new ArrayBufferWriter<byte>(_items.WrittenCount + 512);
        output.Write("{"u8);
        if (_hasItems)
        {
            output.Write("\"Items\":["u8);
            output.Write(_items.WrittenSpan);
            output.Write("],"u8);
        }

        Write(output, $"\"Count\":{_count},\"ScannedCount\":{Scanned}");
        if (_lastKey is { } key)
        {
            output.Write(",\"LastEvaluatedKey\":"u8);
            output.Write(key.Span);
        }

        if (request.Capacity is "TOTAL" or "INDEXES")
        {
            var units = Math.Max(0.5, _units).ToString(CultureInfo.InvariantCulture);
            var table = request.Capacity == "INDEXES" ? $",\"Table\":{{\"CapacityUnits\":{units}}}" : "";
            Write(output, $",\"ConsumedCapacity\":{{\"TableName\":\"{request.Table}\",\"CapacityUnits\":{units}{table}}}");
        }

        output.Write("}"u8);
        return like.With(output.WrittenSpan.ToArray());
    }

    private void AddItems(ReadOnlySpan<byte> array)
    {
        _hasItems = true;
        var items = array[1..^1].Trim(" \t\r\n"u8);
        if (items.IsEmpty)
        {
            return;
        }

        if (_items.WrittenCount > 0)
        {
            _items.Write(","u8);
        }

        _items.Write(items);
    }

    private static void Write(ArrayBufferWriter<byte> output, FormattableString text) =>
        output.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant(text)));
}
