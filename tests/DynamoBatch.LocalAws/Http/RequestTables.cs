using System;
using System.Collections.Generic;
using System.Text.Json;
using DynamoBatch.LocalAws.Backend;

namespace DynamoBatch.LocalAws.Http;

/// <summary>The tables that a request names.</summary>
internal static class RequestTables
{
    private static readonly string[] s_names = ["TableName", "TargetTableName", "SourceTableName", "ResourceArn", "TableArn", "SourceTableArn", "BackupArn"];

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
                    if (OperationNames.IsControlPlane(operation))
                    {
                        AddNamed(tables, body);
                    }
                    else
                    {
                        Add(tables, body);
                    }

                    break;
            }
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
        }

        return tables;
    }

    // A restore names two tables, and the one that it makes comes first.
    private static void AddNamed(List<string> tables, ReadOnlyMemory<byte> body)
    {
        foreach (var name in s_names)
        {
            if (JsonSlices.Text(JsonSlices.Find(body, name)) is { } text)
            {
                AddName(tables, TableArn.Split(text)?.Table ?? (name.EndsWith("Arn", StringComparison.Ordinal) ? null : text));
            }
        }
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
