using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>Finds out which items a request asks for by key.</summary>
internal sealed class RequestReads(TableKeys tables)
{
    /// <summary>"table key" of each item, in the request's order; empty for Scan, Query and what does not read.</summary>
    public async ValueTask<IReadOnlyList<string>> ReadAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (operation is not ("BatchGetItem" or "GetItem" or "TransactGetItems"))
        {
            return [];
        }

        var keys = new List<string>();
        try
        {
            foreach (var (table, key) in Find(operation, body))
            {
                var names = await tables.GetAsync(table, cancellationToken);
                keys.Add(table + " " + (names is null ? null : RequestWrites.KeyOf(names, key).Key));
            }
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
        }

        return keys;
    }

    private static IEnumerable<(string Table, ReadOnlyMemory<byte> Key)> Find(string operation, ReadOnlyMemory<byte> body)
    {
        switch (operation)
        {
            case "BatchGetItem":
                foreach (var key in BatchBody.Parse(body, elements: "Keys").Elements)
                {
                    yield return (key.Table, key.Raw);
                }

                break;
            case "GetItem":
                yield return Get(body);
                break;
            default:
                foreach (var action in JsonSlices.Elements(JsonSlices.Find(body, "TransactItems") ?? default))
                {
                    yield return Get(JsonSlices.Find(action, "Get") ?? default);
                }

                break;
        }
    }

    private static (string Table, ReadOnlyMemory<byte> Key) Get(ReadOnlyMemory<byte> get) =>
        (JsonSlices.Text(JsonSlices.Find(get, "TableName")) ?? "", JsonSlices.Find(get, "Key") ?? default);
}
