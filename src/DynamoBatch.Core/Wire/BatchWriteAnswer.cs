using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads the answer to a BatchWriteItem request.</summary>
internal static class BatchWriteAnswer
{
    private const string LeftOver = "UnprocessedItems: the service took the rest of the request only.";

    /// <exception cref="JsonException">It is no such answer.</exception>
    public static WriteReply Read(WriteRequest request, byte[] answer)
    {
        var consumed = new List<ConsumedUnits>(1);
        ItemReply[]? items = null;
        bool told = true;
        bool complete = false;
        Utf8JsonReader reader = AnswerJson.Open(answer);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("UnprocessedItems"u8))
            {
                told &= ReadUnprocessed(ref reader, answer, request, ref items);
                complete = true;
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                ConsumedCapacityReader.ReadList(ref reader, request, consumed);
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        // DynamoDB always says what it left over, be it nothing. What does not may come from a proxy, and acknowledges no write.
        AnswerJson.Expect(complete);
        if (!told)
        {
            // Which one came back cannot be told, so none of them may count as written.
            return new WriteReply(ReplyKind.Ambiguous) { Consumed = consumed, Message = "The answer names an unprocessed item that was not sent." };
        }

        return items is null
            ? new WriteReply(ReplyKind.Answered) { Consumed = consumed }
            : new WriteReply(ReplyKind.Answered)
            {
                Items = items,
                Throttled = true,
                Consumed = consumed,
                Message = LeftOver,
            };
    }

    /// <summary>Marks what came back. False where that was never sent.</summary>
    private static bool ReadUnprocessed(ref Utf8JsonReader reader, byte[] answer, WriteRequest request, ref ItemReply[]? items)
    {
        bool known = true;
        AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            WriteTable? table = RequestTables.Find(request, reader.GetString()!);
            KeyReader? keys = table is null ? null : new KeyReader(table.Schema);
            AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
            while (AnswerJson.NextElement(ref reader))
            {
                ReadOnlyMemory<byte> attributes = ReadWrite(ref reader, answer);
                int index = keys is null ? -1 : Find(request, table!, keys, attributes.Span);
                known &= index >= 0;
                if (index >= 0)
                {
                    items ??= new ItemReply[request.Count];
                    items[index] = new ItemReply(ItemReplyKind.NotWritten, LeftOver);
                }
            }
        }

        return known;
    }

    /// <summary>The item or key in <c>{"PutRequest":{"Item":{...}}}</c> or <c>{"DeleteRequest":{"Key":{...}}}</c>; left at the write's end.</summary>
    private static ReadOnlyMemory<byte> ReadWrite(ref Utf8JsonReader reader, byte[] answer)
    {
        ReadOnlyMemory<byte> attributes = default;
        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
            while (AnswerJson.NextMember(ref reader))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
                attributes = AnswerJson.TakeValue(ref reader, answer);
            }
        }

        return attributes;
    }

    private static int Find(WriteRequest request, WriteTable table, KeyReader keys, ReadOnlySpan<byte> attributes)
    {
        byte[] key;
        try
        {
            key = keys.Read(attributes);
        }
        catch (ItemException)
        {
            return -1;
        }

        for (int i = 0; i < request.Count; i++)
        {
            if (ReferenceEquals(request[i].Table, table) && request[i].Item.Key.Span.SequenceEqual(key))
            {
                return i;
            }
        }

        return -1;
    }
}
