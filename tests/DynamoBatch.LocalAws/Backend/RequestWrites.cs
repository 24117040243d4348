using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>Finds out which items a request writes.</summary>
internal sealed class RequestWrites(TableKeys tables)
{
    /// <summary>The writes, in the request's order. Empty for reads, and for what is no valid request (the backend says so).</summary>
    public async ValueTask<IReadOnlyList<ItemWrite>> ReadAsync(string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var found = new List<(string Table, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte>? Attributes)>();
        try
        {
            Find(operation, body, found);
        }
        catch (JsonException)
        {
            return [];
        }

        var writes = new List<ItemWrite>(found.Count);
        foreach (var (table, raw, attributes) in found)
        {
            var names = await tables.GetAsync(table, cancellationToken);
            writes.Add(WithKey(table, raw, names, attributes));
        }

        return writes;
    }

    /// <summary>A key of an item or key map, as text.</summary>
    public static (string? Key, string? PartitionKey) KeyOf(KeyNames names, ReadOnlyMemory<byte> attributes)
    {
        string? partitionKey = null;
        string? sortKey = null;
        foreach (var attribute in JsonSlices.Members(attributes))
        {
            if (attribute.Name == names.PartitionKey)
            {
                partitionKey = ValueText(attribute.Value);
            }
            else if (attribute.Name == names.SortKey)
            {
                sortKey = ValueText(attribute.Value);
            }
        }

        return partitionKey is null || (names.SortKey is not null && sortKey is null)
            ? (null, partitionKey)
            : (sortKey is null ? partitionKey : partitionKey + " " + sortKey, partitionKey);
    }

    private static ItemWrite WithKey(string table, ReadOnlyMemory<byte> raw, KeyNames? names, ReadOnlyMemory<byte>? attributes)
    {
        if (names is null || attributes is not { } given)
        {
            return new ItemWrite(table, raw, null, null, default);
        }

        var (key, partitionKey) = KeyOf(names, given);
        return new ItemWrite(table, raw, key, partitionKey, given);
    }

    private static void Find(string operation, ReadOnlyMemory<byte> body, List<(string Table, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte>? Attributes)> found)
    {
        switch (operation)
        {
            case "BatchWriteItem":
                foreach (var write in BatchBody.Parse(body, elements: null).Elements)
                {
                    found.Add((write.Table, write.Raw, Attributes(write.Raw)));
                }

                break;
            case "PutItem" or "UpdateItem" or "DeleteItem":
                Add(body, body, operation == "PutItem" ? "Item" : "Key", found);
                break;
            case "TransactWriteItems" when JsonSlices.Find(body, "TransactItems") is { } actions:
                foreach (var action in JsonSlices.Elements(actions))
                {
                    foreach (var member in JsonSlices.Members(action))
                    {
                        if (member.Name != "ConditionCheck")
                        {
                            Add(action, member.Value, member.Name == "Put" ? "Item" : "Key", found);
                        }
                    }
                }

                break;
            case "BatchExecuteStatement" or "ExecuteTransaction":
                var statements = JsonSlices.Find(body, operation == "ExecuteTransaction" ? "TransactStatements" : "Statements") ?? default;
                JsonSlices.Elements(statements).ForEach(s => AddStatement(s, found));
                break;
            case "ExecuteStatement":
                AddStatement(body, found);
                break;
        }
    }

    private static void AddStatement(ReadOnlyMemory<byte> raw, List<(string Table, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte>? Attributes)> found)
    {
        var statement = PartiQLStatement.Of(raw);
        if (statement.Writes)
        {
            found.Add((statement.Table ?? "", raw, statement.Attributes(raw)));
        }
    }

    private static void Add(ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> write, string attributes,
        List<(string Table, ReadOnlyMemory<byte> Raw, ReadOnlyMemory<byte>? Attributes)> found)
    {
        if (JsonSlices.Text(JsonSlices.Find(write, "TableName")) is { } table)
        {
            found.Add((table, raw, JsonSlices.Find(write, attributes)));
        }
    }

    private static ReadOnlyMemory<byte>? Attributes(ReadOnlyMemory<byte> write)
    {
        foreach (var member in JsonSlices.Members(write))
        {
            return JsonSlices.Find(member.Value, member.Name == "PutRequest" ? "Item" : "Key");
        }

        return null;
    }

    // 1 and 1.0 are one number key; escapes are undone by the reader.
    private static string? ValueText(ReadOnlyMemory<byte> value)
    {
        foreach (var member in JsonSlices.Members(value))
        {
            var text = JsonSlices.Text(member.Value);
            if (text is not null && member.Name == "N" && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                text = (number / 1.000000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
            }

            return text is null ? null : member.Name + ":" + text;
        }

        return null;
    }
}
