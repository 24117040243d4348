using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using static DynamoBatch.Core.Updating.ExpressionText;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Sets and removes the attributes that differ, where each of them still is as it was seen. Others stand.</summary>
internal sealed class FencedUpdate : FencedRequest
{
    private readonly TableSchema _schema;
    private readonly Fence _fence = new();
    private readonly string _update;

    /// <param name="schema">The table.</param>
    /// <param name="seen">The item as it was seen; null where it only has to be there.</param>
    /// <param name="wanted">The item as it shall be.</param>
    /// <param name="attributes">The attributes to set or remove.</param>
    public FencedUpdate(TableSchema schema, ItemImage? seen, ItemImage wanted, IReadOnlyList<string> attributes)
    {
        _schema = schema;
        _fence.Exists(schema.PartitionKey.Name);
        foreach (string name in seen is null ? [] : attributes)
        {
            _fence.IsAsSeen(seen!, name);
        }

        string set = string.Join(
            ",", attributes.Where(n => !wanted[n].IsEmpty).Select(n => $"{_fence.Names.Name(n)}={_fence.Value(wanted[n].ToArray())}"));
        string remove = string.Join(",", attributes.Where(n => wanted[n].IsEmpty).Select(_fence.Names.Name));
        _update = (set.Length > 0 ? "SET " + set : string.Empty) + (remove.Length > 0 ? " REMOVE " + remove : string.Empty);
    }

    /// <summary>Whether there are too many attributes for one expression.</summary>
    public bool IsTooLong => _fence.IsTooLong || _update.Length > 4096;

    public override string Operation => "UpdateItem";

    public override void WriteBody(JsonBuffer json, WriteOperation operation)
    {
        json.Raw(Bytes($"{{\"TableName\":{Quote(_schema.TableName)},\"Key\":"));
        json.Raw(operation.Item.Key.Span);
        json.Raw(Bytes($",\"UpdateExpression\":{Quote(_update.TrimStart())}"));
        _fence.WriteTo(json);
    }
}
