using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads the answer to a BatchExecuteStatement request: a 200 can hide an error for each statement.</summary>
internal static class StatementAnswer
{
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static WriteReply Read(WriteRequest request, byte[] answer)
    {
        var consumed = new List<ConsumedUnits>(1);
        var items = new List<ItemReply>(request.Count);
        Utf8JsonReader reader = AnswerJson.Open(answer);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Responses"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
                while (AnswerJson.NextElement(ref reader))
                {
                    // One answer for each statement, in their order.
                    AnswerJson.Expect(items.Count < request.Count);
                    items.Add(ReadStatement(ref reader, request.Slots[items.Count]));
                }
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

        AnswerJson.Expect(items.Count == request.Count);
        ItemReply undone = items.Find(item => item.Kind is ItemReplyKind.NotWritten);
        return new WriteReply(ReplyKind.Answered)
        {
            Items = items.ToArray(),
            Throttled = undone.Message is not null,
            Message = undone.Message,
            Consumed = consumed,
        };
    }

    private static ItemReply ReadStatement(ref Utf8JsonReader reader, KeySlot slot)
    {
        ServiceError? error = null;
        AnswerJson.Expect(reader.TokenType is JsonTokenType.StartObject);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Error"u8))
            {
                AnswerJson.ToValue(ref reader);
                error = reader.TokenType is JsonTokenType.Null ? null : ServiceError.Read(ref reader, default);
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        if (error is null)
        {
            return new ItemReply(ItemReplyKind.Written);
        }

        WriteOperation operation = slot.Current!;
        switch (error.Code)
        {
            case "ConditionalCheckFailed" or "DuplicateItem":
                return operation.Request!.Judge(operation, default, slot.MayLand || operation.MayHaveLanded);
            case "ThrottlingError" or "ProvisionedThroughputExceeded" or "RequestLimitExceeded" or "TransactionConflict":
                return new ItemReply(ItemReplyKind.NotWritten, error.ToString());
            case "InternalServerError":
                return new ItemReply(ItemReplyKind.Ambiguous, error.ToString());
            case "AccessDenied":
                operation.Table.StatementsDenied = true;
                return new ItemReply(ItemReplyKind.ByItself, error.ToString());
            default:
                // Whether the statement is at fault or the item: the request that DynamoDB itself is made of tells.
                return new ItemReply(ItemReplyKind.ByItself, error.ToString());
        }
    }
}
