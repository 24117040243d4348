using System.Text;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Tests.Batching;

/// <summary>Makes writes of a table whose key is the text attribute <c>id</c>.</summary>
internal static class Writes
{
    public static WriteTable Table(string name = "T", int ordinal = 0) =>
        new(new TableSchema(name, new KeyAttribute("id", KeyType.S), null, []), ordinal);

    public static WriteOperation Put(WriteTable table, string id, int value = 0, int padding = 0)
    {
        string key = $"{{\"id\":{{\"S\":\"{id}\"}}}}";
        string json = $"{{\"id\":{{\"S\":\"{id}\"}},\"v\":{{\"N\":\"{value}\"}},\"p\":{{\"S\":\"{new string('x', padding)}\"}}}}";
        return Write(table, WriteVerb.Put, json, key, value, padding);
    }

    public static WriteOperation Delete(WriteTable table, string id, int value = 0)
    {
        string key = $"{{\"id\":{{\"S\":\"{id}\"}}}}";
        return Write(table, WriteVerb.Delete, key, key, value, 0);
    }

    /// <summary>What an answer says of a request's writes, some of which were not done.</summary>
    public static ItemReply[] Undone(params bool[] unprocessed) =>
        System.Array.ConvertAll(unprocessed, undone => new ItemReply(undone ? ItemReplyKind.NotWritten : ItemReplyKind.Written));

    public static string KeyOf(WriteOperation operation) => operation.Table.Name + Encoding.UTF8.GetString(operation.Item.Key.Span);

    private static WriteOperation Write(WriteTable table, WriteVerb verb, string json, string key, int value, int padding)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json + key);
        return new WriteOperation(table, verb, new EncodedItem(bytes, bytes.Length - key.Length, 20 + padding, 0), value);
    }
}
