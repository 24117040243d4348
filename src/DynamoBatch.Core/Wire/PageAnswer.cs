using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads the answer to a Scan or a Query.</summary>
internal static class PageAnswer
{
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static PageReply Read(byte[] answer)
    {
        List<ReadOnlyMemory<byte>>? items = null;
        byte[]? next = null;
        double? units = null;
        long count = -1, scanned = 0;
        Utf8JsonReader reader = AnswerJson.Open(answer);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Items"u8))
            {
                items = ReadItems(ref reader, answer);
            }
            else if (reader.ValueTextEquals("LastEvaluatedKey"u8))
            {
                AnswerJson.ToValue(ref reader);
                bool isKey = reader.TokenType is JsonTokenType.StartObject;
                ReadOnlyMemory<byte> key = AnswerJson.TakeValue(ref reader, answer);

                // Copied, so that it does not keep the page; a server may say {} for none.
                next = isKey && key.Span.IndexOf((byte)':') >= 0 ? key.ToArray() : null;
            }
            else if (reader.ValueTextEquals("Count"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.Number);
                count = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("ScannedCount"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.Number);
                scanned = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.StartObject);
                units = ConsumedCapacityReader.Read(ref reader).Units;
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        // An answer that lacks its items, or some of them, must not pass for the end of a table.
        AnswerJson.Expect(items is not null && (count < 0 || count == items.Count));
        return new PageReply(ReplyKind.Answered)
        {
            Items = items!,
            LastEvaluatedKey = next,
            Scanned = Math.Max(scanned, items!.Count),
            Units = units,
            Bytes = answer.Length,
        };
    }

    private static List<ReadOnlyMemory<byte>> ReadItems(ref Utf8JsonReader reader, byte[] answer)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
        while (AnswerJson.NextElement(ref reader))
        {
            AnswerJson.Expect(reader.TokenType is JsonTokenType.StartObject);
            items.Add(AnswerJson.TakeValue(ref reader, answer));
        }

        return items;
    }
}
