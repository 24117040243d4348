using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Makes the write of a change, under its fence or without. Not thread safe.</summary>
internal sealed class ChangeWrites
{
    private readonly WriteTable _table;
    private readonly TableSchema _schema;
    private readonly ApplyOptions _options;
    private readonly ItemEncoder _encoder;
    private readonly RequestPlanner _inserts;

    public ChangeWrites(WriteTable table, ApplyOptions options)
    {
        _table = table;
        _schema = table.Schema;
        _options = options;
        _encoder = new ItemEncoder(_schema, keepAttributes: true);
        _inserts = new RequestPlanner(attributes => new InsertShape(_schema, attributes));
    }

    /// <summary>The write of a change to an item that is as it was seen; null where its condition would be too long.</summary>
    public WriteOperation? Create(StagedChange change)
    {
        if (_options.Force && !(_options.IsOfAttributes && change.Kind is ChangeKind.Update))
        {
            return change.Wanted.IsEmpty
                ? new WriteOperation(_table, WriteVerb.Delete, KeyOf(change), new ChangeWrite(change, null, []))
                : new WriteOperation(_table, WriteVerb.Put, Encode(change.Wanted), new ChangeWrite(change, null, []));
        }

        ItemImage seen = Image(change.Seen);
        return Create(change, ChangePlan.Create(seen, Image(change.Wanted), seen));
    }

    /// <summary>The write of what is left of a change; null where its condition would be too long.</summary>
    public WriteOperation? Create(StagedChange change, ChangePlan plan)
    {
        switch (plan.Kind)
        {
            case ChangeKind.Put:
                return Put(change, change.Wanted);
            case ChangeKind.Delete:
                var delete = new FencedDelete(_schema, Image(change.Seen), _options.KnownNames);
                return delete.IsTooLong ? null : Operation(WriteVerb.Delete, delete);
            default:
                var update = new FencedUpdate(_schema, _options.Force ? null : Image(change.Seen), Image(change.Wanted), plan.Attributes);
                return update.IsTooLong ? null : Operation(WriteVerb.Update, update);
        }

        WriteOperation Operation(WriteVerb verb, FencedRequest request) =>
            new(_table, verb, KeyOf(change), new ChangeWrite(change, request, plan.Conflicts)) { Request = request };
    }

    /// <summary>Brings back an item that had more in it than anybody had seen, where nobody has written it anew.</summary>
    public WriteOperation PutBack(StagedChange change, ReadOnlyMemory<byte> deleted, IReadOnlyList<string> unseen) => Put(change, deleted, unseen);

    /// <summary>An item's attributes beside its key.</summary>
    public ItemImage Image(ReadOnlyMemory<byte> item) => new(item, _schema);

    private WriteOperation Put(StagedChange change, ReadOnlyMemory<byte> image, IReadOnlyList<string>? unseen = null)
    {
        EncodedItem item = Encode(image);
        var put = new FencedPut(_inserts.Plan(item));
        return new WriteOperation(_table, WriteVerb.Insert, item, new ChangeWrite(change, put, unseen ?? []) { IsPutBack = unseen is not null }) { Request = put };
    }

    private EncodedItem Encode(ReadOnlyMemory<byte> image)
    {
        _encoder.Begin();
        foreach (DictionaryEntry attribute in ItemReader.Read(image.Span))
        {
            _encoder.Add(_encoder.Plan((string)attribute.Key), attribute.Value);
        }

        return _encoder.Finish();
    }

    /// <summary>A write that carries only the key; its size is that of the item that it is about, about.</summary>
    private static EncodedItem KeyOf(StagedChange change)
    {
        int size = Math.Max(change.Seen.Length, change.Wanted.Length);
        return new EncodedItem([.. change.Key.ToArray(), .. change.Key.ToArray()], change.Key.Length, size, size);
    }
}
