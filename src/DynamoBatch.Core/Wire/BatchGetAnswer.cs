using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads the answer to a BatchGetItem request: which key has which item, which has none, and which was not read.</summary>
internal sealed class BatchGetAnswer
{
    private readonly ReadRequest _request;
    private readonly byte[] _answer;
    private readonly List<ReadTable> _tables;
    private readonly Dictionary<ReadTable, Dictionary<ReadOnlyMemory<byte>, int>> _places = new();
    private readonly List<(ReadTable Table, double Units)> _consumed = new(1);
    private readonly ReadOnlyMemory<byte>[] _items;
    private bool[]? _unprocessed;
    private bool _answered;
    private bool _stray;

    private BatchGetAnswer(ReadRequest request, byte[] answer)
    {
        _request = request;
        _answer = answer;
        _tables = request.Tables();
        _items = new ReadOnlyMemory<byte>[request.Count];
        foreach (ReadTable table in _tables)
        {
            _places.Add(table, new Dictionary<ReadOnlyMemory<byte>, int>(KeyBytesComparer.Instance));
        }

        for (int i = 0; i < request.Count; i++)
        {
            _places[request.Keys[i].Table].Add(request.Keys[i].Key, i);
        }
    }

    /// <exception cref="JsonException">It is no such answer.</exception>
    public static ReadReply Read(ReadRequest request, byte[] answer) => new BatchGetAnswer(request, answer).Read();

    private ReadReply Read()
    {
        Utf8JsonReader reader = AnswerJson.Open(_answer);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Responses"u8))
            {
                _answered = true;
                ReadResponses(ref reader);
            }
            else if (reader.ValueTextEquals("UnprocessedKeys"u8))
            {
                ReadUnprocessed(ref reader);
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                ReadConsumed(ref reader);
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        if (_stray || !_answered)
        {
            // Whose items or keys these are cannot be told, so no key may count as one without an item.
            return new ReadReply(ReplyKind.Ambiguous) { Message = "The answer does not fit what was asked for.", Bytes = _answer.Length };
        }

        return new ReadReply(ReplyKind.Answered)
        {
            Items = _items,
            Unprocessed = _unprocessed,
            Throttled = _unprocessed is not null,
            Consumed = _consumed,
            Bytes = _answer.Length,
            Message = _unprocessed is null ? null : "UnprocessedKeys: the service read the rest of the request only.",
        };
    }

    private void ReadResponses(ref Utf8JsonReader reader)
    {
        AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            (ReadTable? table, KeyReader? keys) = Table(reader.GetString()!);
            AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
            while (AnswerJson.NextElement(ref reader))
            {
                ReadOnlyMemory<byte> item = AnswerJson.TakeValue(ref reader, _answer);
                int place = Find(table, keys, item);
                if (place >= 0)
                {
                    _items[place] = table!.Projection?.Arrange(item) ?? item;
                }
            }
        }
    }

    private void ReadUnprocessed(ref Utf8JsonReader reader)
    {
        AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            (ReadTable? table, KeyReader? keys) = Table(reader.GetString()!);
            AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
            while (AnswerJson.NextMember(ref reader))
            {
                if (!reader.ValueTextEquals("Keys"u8))
                {
                    AnswerJson.Pass(ref reader);
                    continue;
                }

                AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
                while (AnswerJson.NextElement(ref reader))
                {
                    int place = Find(table, keys, AnswerJson.TakeValue(ref reader, _answer));
                    if (place >= 0)
                    {
                        _unprocessed ??= new bool[_request.Count];
                        _unprocessed[place] = true;
                    }
                }
            }
        }
    }

    private void ReadConsumed(ref Utf8JsonReader reader)
    {
        AnswerJson.ToValue(ref reader);
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartArray);
        while (AnswerJson.NextElement(ref reader))
        {
            (string? name, double units) = ConsumedCapacityReader.Read(ref reader);
            if (name is not null && FindTable(name) is { } table)
            {
                _consumed.Add((table, units));
            }
        }
    }

    private (ReadTable? Table, KeyReader? Keys) Table(string name)
    {
        ReadTable? table = FindTable(name);
        return (table, table is null ? null : new KeyReader(table.Schema));
    }

    /// <summary>The service may name a table by its name where the request had its ARN. Null where two could be meant.</summary>
    private ReadTable? FindTable(string name)
    {
        List<ReadTable> found = _tables.FindAll(t => t.Name == name);
        if (found.Count == 0)
        {
            found = _tables.FindAll(t =>
                t.Name.EndsWith("/" + name, StringComparison.Ordinal) || name.EndsWith("/" + t.Name, StringComparison.Ordinal));
        }

        return found.Count == 1 ? found[0] : null;
    }

    private int Find(ReadTable? table, KeyReader? keys, ReadOnlyMemory<byte> attributes)
    {
        try
        {
            if (table is not null && _places[table].TryGetValue(keys!.Read(attributes.Span), out int place))
            {
                return place;
            }
        }
        catch (ItemException)
        {
            // No key of this table.
        }

        _stray = true;
        return -1;
    }
}
