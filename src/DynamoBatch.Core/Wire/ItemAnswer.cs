using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Wire;

/// <summary>Builds the request of one write alone, and reads its answer, good or bad.</summary>
internal static class ItemAnswer
{
    public static byte[] Build(WriteOperation operation)
    {
        var json = new JsonBuffer();
        operation.Request!.WriteBody(json, operation);
        return json.Written.ToArray();
    }

    /// <summary>The write was done.</summary>
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static WriteReply Read(WriteRequest request, byte[] answer)
    {
        var consumed = new List<ConsumedUnits>(1);
        ReadOnlyMemory<byte> returned = default;
        bool strange = false, known = false;
        Utf8JsonReader reader = AnswerJson.Open(answer);
        while (AnswerJson.NextMember(ref reader))
        {
            known |= IsKnown(ref reader);
            strange = !known;
            if (reader.ValueTextEquals("Attributes"u8))
            {
                AnswerJson.ToValue(ref reader);
                returned = reader.TokenType is JsonTokenType.StartObject ? AnswerJson.TakeValue(ref reader, answer) : default;
            }
            else if (reader.ValueTextEquals("ConsumedCapacity"u8))
            {
                ConsumedCapacityReader.ReadAny(ref reader, request, consumed);
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        // What says only what DynamoDB never does may come from a proxy, and acknowledges no write.
        AnswerJson.Expect(!strange);
        WriteOperation operation = request[0];
        return new WriteReply(ReplyKind.Answered)
        {
            Items = [operation.Request!.Accept(operation, returned, MayHaveLanded(request))],
            Consumed = consumed,
        };
    }

    /// <summary>The write was not done for what the service found. Null where the fault is not about the item's state.</summary>
    public static WriteReply? Read(WriteRequest request, ServiceFaultException fault)
    {
        ItemReply? reply = fault.Fault.ErrorCode switch
        {
            "ConditionalCheckFailedException" => Judge(request, ReadError(fault.Content)),
            "TransactionCanceledException" => Judge(request, ReadReason(fault.Content)),
            _ => null,
        };
        return reply is not { } item ? null : new WriteReply(ReplyKind.Answered)
        {
            Items = [item with { Cause = fault.Fault }],
            Throttled = item.Kind is ItemReplyKind.NotWritten,
            Message = item.Message,
        };
    }

    private static bool IsKnown(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ConsumedCapacity"u8) || reader.ValueTextEquals("Attributes"u8) || reader.ValueTextEquals("ItemCollectionMetrics"u8);

    private static bool MayHaveLanded(WriteRequest request) => request.Slots[0].MayLand || request[0].MayHaveLanded;

    private static ItemReply Judge(WriteRequest request, ServiceError error) => error.Code switch
    {
        "ConditionalCheckFailed" or "" => request[0].Request!.Judge(request[0], error.Item, MayHaveLanded(request)),
        "ThrottlingError" or "ProvisionedThroughputExceeded" or "TransactionConflict" => new ItemReply(ItemReplyKind.NotWritten, error.ToString()),
        _ => new ItemReply(ItemReplyKind.Refused, error.ToString()),
    };

    private static ServiceError ReadError(byte[] content)
    {
        var reader = new Utf8JsonReader(content, AnswerJson.Options);
        reader.Read();
        return ServiceError.Read(ref reader, content);
    }

    /// <summary>Why the one write of a transaction was not done.</summary>
    private static ServiceError ReadReason(byte[] content)
    {
        ServiceError? reason = null;
        Utf8JsonReader reader = AnswerJson.Open(content);
        while (AnswerJson.NextMember(ref reader))
        {
            if (!reader.ValueTextEquals("CancellationReasons"u8))
            {
                AnswerJson.Pass(ref reader);
                continue;
            }

            AnswerJson.ToValue(ref reader, JsonTokenType.StartArray);
            while (AnswerJson.NextElement(ref reader))
            {
                reason ??= ServiceError.Read(ref reader, content);
            }
        }

        return reason ?? new ServiceError("TransactionCanceled", "The service gave no reason.", default);
    }
}
