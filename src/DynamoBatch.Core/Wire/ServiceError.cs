using System;
using System.Text.Json;

namespace DynamoBatch.Core.Wire;

/// <summary>An error inside an answer: of one statement, or of one part of a transaction.</summary>
/// <param name="Code">Such as ConditionalCheckFailed: without the word Exception, which some services put behind it.</param>
/// <param name="Message">In words.</param>
/// <param name="Item">The item that is there, as DynamoDB JSON; empty where it is not told.</param>
internal sealed record ServiceError(string Code, string? Message, ReadOnlyMemory<byte> Item)
{
    /// <summary>Reads <c>{"Code":"...","Message":"...","Item":{...}}</c>; also an error's body, whose code stands elsewhere.</summary>
    /// <param name="reader">At the opening brace; left at the closing one.</param>
    /// <param name="answer">The bytes that are read.</param>
    public static ServiceError Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        string code = string.Empty;
        string? message = null;
        ReadOnlyMemory<byte> item = default;
        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Code"u8))
            {
                AnswerJson.ToValue(ref reader);
                code = reader.GetString() ?? string.Empty;
            }
            else if (reader.ValueTextEquals("Message"u8) || reader.ValueTextEquals("message"u8))
            {
                AnswerJson.ToValue(ref reader);
                message = reader.GetString();
            }
            else if (reader.ValueTextEquals("Item"u8) && !answer.IsEmpty)
            {
                AnswerJson.ToValue(ref reader);
                item = reader.TokenType is JsonTokenType.StartObject ? AnswerJson.TakeValue(ref reader, answer) : default;
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        const string Suffix = "Exception";
        return new ServiceError(code.EndsWith(Suffix, StringComparison.Ordinal) ? code.Substring(0, code.Length - Suffix.Length) : code, message, item);
    }

    /// <summary>The error in words.</summary>
    public override string ToString() => $"{Code}: {Message}";
}
