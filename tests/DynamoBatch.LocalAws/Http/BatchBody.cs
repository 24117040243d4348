using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;

namespace DynamoBatch.LocalAws.Http;

/// <summary>A BatchWriteItem or BatchGetItem request taken apart, so that a part of it can be forwarded and the rest be handed back.</summary>
internal sealed class BatchBody
{
    private readonly List<JsonMember> _others = [];
    // BatchGetItem: what stands beside the keys of a table (ConsistentRead, projections) goes with every part of them.
    private readonly Dictionary<string, List<JsonMember>> _beside = new(StringComparer.Ordinal);
    private readonly string? _elementsName;

    private BatchBody(string? elementsName) => _elementsName = elementsName;

    public List<BatchElement> Elements { get; } = [];

    /// <summary>The tables, in the request's order.</summary>
    public List<string> Tables { get; } = [];

    public bool WantsCapacity { get; private set; }

    /// <summary>Takes a request apart.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="elements">"Keys" for BatchGetItem, whose tables are objects; null for BatchWriteItem, whose tables are arrays.</param>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public static BatchBody Parse(ReadOnlyMemory<byte> body, string? elements)
    {
        var batch = new BatchBody(elements);
        foreach (var member in JsonSlices.Members(body))
        {
            if (member.Name != "RequestItems")
            {
                batch._others.Add(member);
                batch.WantsCapacity |= member.Name == "ReturnConsumedCapacity" && JsonSlices.Text(member.Value) is "TOTAL" or "INDEXES";
                continue;
            }

            foreach (var table in JsonSlices.Members(member.Value))
            {
                batch.AddTable(table);
            }
        }

        return batch;
    }

    /// <summary>The same request with only these elements; "RequestItems" is also the form of what comes back unprocessed.</summary>
    public byte[] With(IReadOnlyList<BatchElement> elements)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write("{"u8);
        foreach (var other in _others)
        {
            output.Write(other.Raw.Span);
            output.Write(","u8);
        }

        output.Write("\"RequestItems\":"u8);
        WriteItems(output, elements);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes <c>{"table":[…]}</c> (BatchGetItem: <c>{"table":{"Keys":[…]}}</c>).</summary>
    public void WriteItems(IBufferWriter<byte> output, IReadOnlyList<BatchElement> elements)
    {
        output.Write("{"u8);
        var firstTable = true;
        foreach (var table in Tables)
        {
            var first = true;
            foreach (var element in elements)
            {
                if (element.Table != table)
                {
                    continue;
                }

                if (first)
                {
                    output.Write(firstTable ? "\""u8 : ",\""u8);
                    output.Write(JsonEncodedText.Encode(table).EncodedUtf8Bytes);
                    output.Write("\":"u8);
                    OpenElements(output, table);
                }
                else
                {
                    output.Write(","u8);
                }

                output.Write(element.Raw.Span);
                first = firstTable = false;
            }

            if (!first)
            {
                output.Write(_elementsName is null ? "]"u8 : "]}"u8);
            }
        }

        output.Write("}"u8);
    }

    private void OpenElements(IBufferWriter<byte> output, string table)
    {
        if (_elementsName is not null)
        {
            output.Write("{"u8);
            foreach (var beside in _beside[table])
            {
                output.Write(beside.Raw.Span);
                output.Write(","u8);
            }

            output.Write("\""u8);
            output.Write(JsonEncodedText.Encode(_elementsName).EncodedUtf8Bytes);
            output.Write("\":"u8);
        }

        output.Write("["u8);
    }

    private void AddTable(JsonMember table)
    {
        Tables.Add(table.Name);
        var elements = table.Value;
        if (_elementsName is not null)
        {
            var members = JsonSlices.Members(table.Value);
            elements = members.Find(m => m.Name == _elementsName).Value;
            members.RemoveAll(m => m.Name == _elementsName);
            _beside[table.Name] = members;
        }

        foreach (var element in JsonSlices.Elements(elements))
        {
            Elements.Add(new BatchElement(table.Name, element));
        }
    }
}
