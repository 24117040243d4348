using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads what a request consumed, as the service reports it.</summary>
internal static class ConsumedCapacityReader
{
    /// <summary>Reads <c>{"TableName":"T","CapacityUnits":5}</c>, or a list of such, as a transaction has it.</summary>
    /// <param name="reader">At the member's name; left at the value's end.</param>
    /// <param name="request">The request.</param>
    /// <param name="consumed">Takes what is read.</param>
    public static void ReadAny(ref Utf8JsonReader reader, WriteRequest request, List<ConsumedUnits> consumed)
    {
        Utf8JsonReader ahead = reader;
        AnswerJson.ToValue(ref ahead);
        if (ahead.TokenType is not JsonTokenType.StartObject)
        {
            ReadList(ref reader, request, consumed);
            return;
        }

        AnswerJson.ToValue(ref reader);
        Add(Read(ref reader), request, consumed);
    }

    /// <summary>Reads <c>[{"TableName":"T","CapacityUnits":5}]</c>.</summary>
    /// <param name="reader">At the member's name; left at the list's end.</param>
    /// <param name="request">The request.</param>
    /// <param name="consumed">Takes what is read.</param>
    public static void ReadList(ref Utf8JsonReader reader, WriteRequest request, List<ConsumedUnits> consumed)
    {
        AnswerJson.ToValue(ref reader);
        if (reader.TokenType is JsonTokenType.Null)
        {
            return;
        }

        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartArray);
        while (AnswerJson.NextElement(ref reader))
        {
            Add(Read(ref reader), request, consumed);
        }
    }

    private static void Add((string? TableName, double Units) read, WriteRequest request, List<ConsumedUnits> consumed)
    {
        if (read.TableName is not null && RequestTables.Find(request, read.TableName) is { } table)
        {
            consumed.Add(new ConsumedUnits(table, read.Units));
        }
    }

    /// <summary>Reads one <c>{"TableName":"T","CapacityUnits":5}</c>.</summary>
    /// <param name="reader">At the opening brace; left at the closing one.</param>
    public static (string? TableName, double Units) Read(ref Utf8JsonReader reader)
    {
        string? name = null;
        double units = 0;
        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("TableName"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.String);
                name = reader.GetString();
            }
            else if (reader.ValueTextEquals("CapacityUnits"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.Number);
                units = reader.GetDouble();
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        return (name, units);
    }
}
