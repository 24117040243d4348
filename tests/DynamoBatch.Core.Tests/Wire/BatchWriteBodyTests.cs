using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Tests.Batching;
using DynamoBatch.Core.Wire;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Wire;

public class BatchWriteBodyTests
{
    [Fact]
    public void Puts_and_deletes_of_one_table()
    {
        WriteTable table = Writes.Table();

        Encoding.UTF8.GetString(Build(Writes.Put(table, "a", 1), Writes.Delete(table, "b"))).ShouldBe(
            """{"ReturnConsumedCapacity":"TOTAL","RequestItems":{"T":[{"PutRequest":{"Item":{"id":{"S":"a"},"v":{"N":"1"},"p":{"S":""}}}},{"DeleteRequest":{"Key":{"id":{"S":"b"}}}}]}}""");
    }

    [Fact]
    public void Several_tables_are_grouped()
    {
        WriteTable first = Writes.Table("One");
        WriteTable second = Writes.Table("Two", 1);

        using JsonDocument body = JsonDocument.Parse(Build(Writes.Put(first, "a"), Writes.Put(second, "a"), Writes.Delete(first, "b")));

        JsonElement items = body.RootElement.GetProperty("RequestItems");
        items.EnumerateObject().Select(t => (t.Name, t.Value.GetArrayLength())).ShouldBe([("One", 2), ("Two", 1)]);
    }

    [Fact]
    public void The_packers_count_is_never_below_the_bodys_length()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            WriteTable[] tables = Enumerable.Range(0, 1 + random.Next(25)).Select(i => Writes.Table("Table" + i, i)).ToArray();
            WriteOperation[] writes = Enumerable.Range(0, 25)
                .Select(i => (Table: tables[random.Next(tables.Length)], Id: "k" + i))
                .Select(w => random.Next(2) == 0 ? Writes.Delete(w.Table, w.Id) : Writes.Put(w.Table, w.Id))
                .ToArray();
            WriteRequest request = Request(writes);

            BatchWriteBody.Build(request).Length.ShouldBeLessThanOrEqualTo(request.Bytes);
        }
    }

    private static byte[] Build(params WriteOperation[] writes) => BatchWriteBody.Build(Request(writes));

    private static WriteRequest Request(WriteOperation[] writes)
    {
        var request = new WriteRequest(WriteRoute.Batch);
        foreach (WriteOperation write in writes)
        {
            var slot = new KeySlot(new ItemKey(write.Table, write.Item.Key));
            slot.Add(write);
            request.Add(slot);
        }

        return request;
    }
}
