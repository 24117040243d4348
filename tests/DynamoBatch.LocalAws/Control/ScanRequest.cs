using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>What of a Scan says where it reads; the rest goes to the backend as it stands.</summary>
internal sealed class ScanRequest
{
    private readonly ArrayBufferWriter<byte> _rest = new();

    private ScanRequest()
    {
    }

    public string Table { get; private set; } = "";

    public int Segment { get; private set; }

    public int TotalSegments { get; private set; } = 1;

    public int? Limit { get; private set; }

    public ReadOnlyMemory<byte>? Start { get; private set; }

    /// <summary>TOTAL or INDEXES; null: not asked for.</summary>
    public string? Capacity { get; private set; }

    /// <summary>Null: a scan of an index, or one that the backend refuses.</summary>
    public static ScanRequest? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var request = new ScanRequest();
            int? segment = null;
            int? total = null;
            foreach (var member in JsonSlices.Members(body))
            {
                switch (member.Name)
                {
                    case "IndexName": return null;
                    case "Segment": segment = JsonSerializer.Deserialize<int>(member.Value.Span); break;
                    case "TotalSegments": total = JsonSerializer.Deserialize<int>(member.Value.Span); break;
                    case "Limit": request.Limit = JsonSerializer.Deserialize<int>(member.Value.Span); break;
                    case "ExclusiveStartKey": request.Start = member.Value; break;
                    case "ReturnConsumedCapacity": request.Capacity = JsonSlices.Text(member.Value); break;
                    default: request.Keep(member); break;
                }
            }

            (request.Segment, request.TotalSegments) = (segment ?? 0, total ?? 1);
            return request.Table.Length > 0 && segment is null == total is null && request.Segment >= 0 && request.Segment < request.TotalSegments
                && request.TotalSegments <= 1_000_000 && request.Limit is not < 1 && request.Capacity is null or "TOTAL" or "INDEXES" or "NONE"
                ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The request of one segment of the backend.</summary>
    public ReadOnlyMemory<byte> Of(int segment, int totalSegments, int? limit, ReadOnlyMemory<byte>? start)
    {
        var output = new ArrayBufferWriter<byte>(_rest.WrittenCount + 256);
        output.Write("{"u8);
        output.Write(_rest.WrittenSpan);
        // The capacity tells how much was read, which ends a page.
        output.Write(Encoding.UTF8.GetBytes($"\"Segment\":{segment},\"TotalSegments\":{totalSegments},\"ReturnConsumedCapacity\":\"TOTAL\""));
        if (limit is not null)
        {
            output.Write(Encoding.UTF8.GetBytes($",\"Limit\":{limit}"));
        }

        if (start is { } key)
        {
            output.Write(",\"ExclusiveStartKey\":"u8);
            output.Write(key.Span);
        }

        output.Write("}"u8);
        return output.WrittenMemory;
    }

    private void Keep(JsonMember member)
    {
        if (member.Name == "TableName")
        {
            Table = JsonSlices.Text(member.Value) ?? "";
        }

        _rest.Write(member.Raw.Span);
        _rest.Write(","u8);
    }
}
