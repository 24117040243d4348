using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads what a request consumed, as the service reports it.</summary>
internal static class ConsumedCapacityReader
{
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
            (string? name, double units) = Read(ref reader);
            if (name is not null && RequestTables.Find(request, name) is { } table)
            {
                consumed.Add(new ConsumedUnits(table, units));
            }
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
