using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Sending;
using WriteRequest = DynamoBatch.Core.Batching.WriteRequest;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends puts and deletes as BatchWriteItem.</summary>
internal sealed class BatchWriteTransport : IWriteTransport
{
    private readonly Func<byte[], CancellationToken, Task<BatchWriteItemResponse>> _send;
    private readonly Func<Fault, WriteTable?, DdbException> _describe;

    /// <summary>Creates the transport.</summary>
    /// <param name="send">Sends a body, once. It must not retry by itself.</param>
    /// <param name="describe">Words a table's or the run's failure for the user.</param>
    public BatchWriteTransport(Func<byte[], CancellationToken, Task<BatchWriteItemResponse>> send, Func<Fault, WriteTable?, DdbException> describe)
    {
        _send = send;
        _describe = describe;
    }

    public async Task<WriteReply> SendAsync(WriteRequest request, CancellationToken cancellation)
    {
        try
        {
            BatchWriteItemResponse response = await _send(BatchWriteBody.Build(request), cancellation).ConfigureAwait(false);
            return Read(request, response);
        }
        catch (Exception exception)
        {
            Fault fault = FaultReader.Read(exception);
            return new WriteReply(fault.Reply)
            {
                Throttled = fault.Throttled,
                Reached = fault.Reached,
                Message = fault.Message,
                Failure = fault.Reply is ReplyKind.TableFailed or ReplyKind.Fatal ? _describe(fault, request[0].Table) : null,
            };
        }
    }

    private static WriteReply Read(WriteRequest request, BatchWriteItemResponse response)
    {
        List<ConsumedUnits> consumed = ReadConsumed(request, response.ConsumedCapacity);
        if (response.UnprocessedItems is not { Count: > 0 } leftOver)
        {
            return new WriteReply(ReplyKind.Answered) { Consumed = consumed };
        }

        bool[] unprocessed = new bool[request.Count];
        foreach (KeyValuePair<string, List<Amazon.DynamoDBv2.Model.WriteRequest>> table in leftOver)
        {
            foreach (Amazon.DynamoDBv2.Model.WriteRequest write in table.Value)
            {
                int index = Find(request, table.Key, write.PutRequest?.Item ?? write.DeleteRequest?.Key);
                if (index < 0)
                {
                    // Which one came back cannot be told, so none of them may count as written.
                    return new WriteReply(ReplyKind.Ambiguous) { Consumed = consumed, Message = "The answer names an unprocessed item that was not sent." };
                }

                unprocessed[index] = true;
            }
        }

        return new WriteReply(ReplyKind.Answered)
        {
            Unprocessed = unprocessed,
            Throttled = true,
            Consumed = consumed,
            Message = "UnprocessedItems: the service took the rest of the request only.",
        };
    }

    private static List<ConsumedUnits> ReadConsumed(WriteRequest request, List<ConsumedCapacity>? reported)
    {
        var consumed = new List<ConsumedUnits>(reported?.Count ?? 0);
        foreach (ConsumedCapacity capacity in reported ?? [])
        {
            if (FindTable(request, capacity.TableName) is { } table)
            {
                consumed.Add(new ConsumedUnits(table, capacity.CapacityUnits ?? 0));
            }
        }

        return consumed;
    }

    private static int Find(WriteRequest request, string tableName, Dictionary<string, AttributeValue>? attributes)
    {
        if (attributes is null || FindTable(request, tableName) is not { } table)
        {
            return -1;
        }

        byte[] key;
        try
        {
            key = new KeyReader(table.Schema).Read(attributes);
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

    /// <summary>The service may name a table by its name where the request had its ARN.</summary>
    private static WriteTable? FindTable(WriteRequest request, string name)
    {
        WriteTable? found = null;
        foreach (WriteTable table in BatchWriteBody.TablesOf(request))
        {
            if (table.Name == name)
            {
                return table;
            }

            if (table.Name.EndsWith("/" + name, StringComparison.Ordinal) || name.EndsWith("/" + table.Name, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    // Two accounts' tables of one name: which is meant cannot be told.
                    return null;
                }

                found = table;
            }
        }

        return found;
    }
}
