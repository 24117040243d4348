using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Wire;

/// <summary>Reads the answer to a BatchExecuteStatement request: a 200 can hide an error for each statement.</summary>
internal static class StatementAnswer
{
    /// <exception cref="JsonException">It is no such answer.</exception>
    [MethodImpl(Jit.Hot)]
    public static WriteReply Read(WriteRequest request, byte[] answer)
    {
        var consumed = new List<ConsumedUnits>(1);
        ItemReply[]? items = null;
        int answered = 0;
        Utf8JsonReader reader = AnswerJson.Open(answer);
        while (AnswerJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("Responses"u8))
            {
                AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
                while (AnswerJson.NextElement(ref reader))
                {
                    // One answer for each statement, in their order.
                    AnswerJson.Expect(answered < request.Count);
                    if (ReadError(ref reader) is { } error)
                    {
                        items ??= new ItemReply[request.Count];
                        items[answered] = Judge(error, request.Slots[answered]);
                    }

                    answered++;
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

        AnswerJson.Expect(answered == request.Count);
        ItemReply undone = items is null ? default : Array.Find(items, item => item.Kind is ItemReplyKind.NotWritten);
        return new WriteReply(ReplyKind.Answered)
        {
            Items = items,
            Throttled = undone.Message is not null,
            Message = undone.Message,
            Consumed = consumed,
        };
    }

    /// <summary>Reads the answer to one statement: null where it was done.</summary>
    [MethodImpl(Jit.Hot)]
    private static ServiceError? ReadError(ref Utf8JsonReader reader)
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

        return error;
    }

    private static ItemReply Judge(ServiceError error, KeySlot slot)
    {
        WriteOperation operation = slot.Current!;
        bool mayHaveLanded = slot.MayLand || operation.MayHaveLanded;
        switch (error.Code)
        {
            case "DuplicateItem" when mayHaveLanded:
                // It may be its own first sending, but this answer does not show the item: that to a request of its own does.
                return new ItemReply(ItemReplyKind.ByItself);
            case "ConditionalCheckFailed" or "DuplicateItem":
                return operation.Request!.Judge(operation, default, mayHaveLanded);
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
