using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.LocalAws.Backend;

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
                case "BatchExecuteStatement":
                    JsonSlices.Elements(JsonSlices.Find(body, "Statements") ?? default).ForEach(s => AddName(tables, PartiQLStatement.Of(s).Table));
                    break;
                case "ExecuteTransaction":
                    JsonSlices.Elements(JsonSlices.Find(body, "TransactStatements") ?? default).ForEach(s => AddName(tables, PartiQLStatement.Of(s).Table));
                    break;
                case "ExecuteStatement":
                    AddName(tables, PartiQLStatement.Of(body).Table);
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

    private static void Add(List<string> tables, ReadOnlyMemory<byte> json) => AddName(tables, JsonSlices.Text(JsonSlices.Find(json, "TableName")));

    private static void AddName(List<string> tables, string? table)
    {
        if (table is not null && !tables.Contains(table))
        {
            tables.Add(table);
        }
    }
}
