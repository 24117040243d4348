using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>
/// Deletes an item that was added, where all that was seen of it is unchanged and it has no attribute that any other item was
/// seen to have. What it deletes comes back, so that an attribute that nobody had ever seen is noticed.
/// </summary>
internal sealed class FencedDelete : FencedRequest
{
    private readonly TableSchema _schema;
    private readonly Fence _fence = new();

    /// <param name="schema">The table.</param>
    /// <param name="seen">The item as it was seen.</param>
    /// <param name="otherNames">Names of attributes that other items were seen to have, the frequent ones first.</param>
    public FencedDelete(TableSchema schema, ItemImage seen, IEnumerable<string> otherNames)
    {
        _schema = schema;
        _fence.Exists(schema.PartitionKey.Name);
        foreach (string name in seen.Names)
        {
            _fence.IsAsSeen(seen, name);
        }

        IsTooLong = _fence.IsTooLong;
        foreach (string name in otherNames.Where(n => seen[n].IsEmpty && n != schema.PartitionKey.Name && n != schema.SortKey?.Name))
        {
            _fence.MayNotExist(name);
        }
    }

    /// <summary>Whether there are too many attributes for one expression.</summary>
    public bool IsTooLong { get; }

    public override string Operation => "DeleteItem";

    public override void WriteBody(JsonBuffer json, WriteOperation operation)
    {
        json.Raw(Bytes($"{{\"TableName\":{Quote(_schema.TableName)},\"Key\":"));
        json.Raw(operation.Item.Key.Span);
        _fence.WriteTo(json);
    }
}
