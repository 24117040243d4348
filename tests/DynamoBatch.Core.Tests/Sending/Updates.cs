using System;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Tests.Sending;

/// <summary>Makes updates of a table whose key is the text attribute <c>id</c>.</summary>
internal sealed class Updates
{
    private readonly WriteTable _table;
    private readonly RequestPlanner _planner;

    public Updates(WriteTable table, UpdateOptions options)
    {
        _table = table;
        _planner = new RequestPlanner(attributes => new UpdateShape(table.Schema, options, attributes));
    }

    public WriteOperation Make(string id, params (string Name, object Value)[] attributes) =>
        Make(_table, WriteVerb.Update, _planner, id, attributes);

    public static WriteOperation Insert(WriteTable table, string id, params (string Name, object Value)[] attributes) =>
        Make(table, WriteVerb.Insert, new RequestPlanner(a => new InsertShape(table.Schema, a)), id, attributes);

    private static WriteOperation Make(WriteTable table, WriteVerb verb, RequestPlanner planner, string id, (string Name, object Value)[] attributes)
    {
        var encoder = new ItemEncoder(table.Schema, keepAttributes: true);
        encoder.Begin();
        encoder.Add(encoder.Plan("id"), id);
        foreach ((string name, object value) in attributes)
        {
            encoder.Add(encoder.Plan(name), value);
        }

        EncodedItem item = encoder.Finish();
        return new WriteOperation(table, verb, item, id) { Request = planner.Plan(item), Token = Guid.NewGuid().ToString() };
    }
}
