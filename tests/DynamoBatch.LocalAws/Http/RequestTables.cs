using System;
using System.Collections.Generic;
using System.Text.Json;

namespace DynamoBatch.LocalAws.Http;

/// <summary>The tables that a request names.</summary>
internal static class RequestTables
{
    public static IReadOnlyList<string> Of(string operation, ReadOnlyMemory<byte> body)
    {
        var tables = new List<string>();
        try
        {
            switch (operation)
            {
                case "BatchWriteItem" or "BatchGetItem":
                    foreach (var table in JsonSlices.Members(JsonSlices.Find(body, "RequestItems") ?? default))
                    {
                        tables.Add(table.Name);
                    }

                    break;
                case "TransactWriteItems" or "TransactGetItems":
                    foreach (var action in JsonSlices.Elements(JsonSlices.Find(body, "TransactItems") ?? default))
                    {
                        foreach (var member in JsonSlices.Members(action))
                        {
                            Add(tables, member.Value);
                        }
                    }

                    break;
                default:
                    Add(tables, body);
                    break;
            }
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
        }

        return tables;
    }

    private static void Add(List<string> tables, ReadOnlyMemory<byte> json)
    {
        if (JsonSlices.Text(JsonSlices.Find(json, "TableName")) is { } table && !tables.Contains(table))
        {
            tables.Add(table);
        }
    }
}
