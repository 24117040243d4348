using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>
/// Accompanies every write. While a table has history, it is serialized per key and its new images are read back; while none has, it only counts
/// (<see cref="FastWrites" />), so that history can begin, or a backup be taken, with no write on its way.
/// </summary>
internal sealed class WriteHistory(RequestWrites requestWrites, TableContent content)
{
    /// <summary>The operations that write.</summary>
    public static readonly string[] Operations =
        ["BatchWriteItem", "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"];

    private readonly ConcurrentDictionary<string, TableWatch> _watches = new(StringComparer.Ordinal);
    private readonly FastWrites _fast = new();
    private readonly KeyLocks _keys = new();

    public async Task<Answer> ApplyAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (_fast.TryEnter())
        {
            try
            {
                return await call.ForwardAsync(call.Body, cancellationToken);
            }
            finally
            {
                _fast.Exit();
            }
        }

        var writes = await requestWrites.ReadAsync(call.Operation, call.Body, cancellationToken);
        // By name, so that two requests never wait for each other.
        var tables = new SortedDictionary<string, TableWatch>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            tables[write.Table] = Watch(write.Table);
        }

        return await InOrderAsync(tables, exclusive: false, () => RecordAsync(call, writes, tables, cancellationToken))
            ?? (await InOrderAsync(tables, exclusive: true, () => CompareAsync(call, tables, cancellationToken)))!;
    }

    /// <summary>Runs something while nothing is written to the table, which may take, set or drop its history.</summary>
    public async Task<T> AloneAsync<T>(string table, Func<TableWatch, Task<T>> run)
    {
        await _fast.CloseAsync();
        var watch = Watch(table);
        var had = false;
        await watch.Lock.EnterAsync(exclusive: true);
        try
        {
            had = watch.History is not null;
            return await run(watch);
        }
        finally
        {
            var has = watch.History is not null;
            watch.Lock.Exit(exclusive: true);
            // The fast way stays closed once for each history.
            for (var i = 1 + (had ? 1 : 0) - (has ? 1 : 0); i > 0; i--)
            {
                _fast.Open();
            }
        }
    }

    /// <summary>The history of this table, if it has one.</summary>
    public TableHistory? Find(string table, string? tableId) =>
        _watches.TryGetValue(table, out var watch) && watch.History is { } history && history.TableId == tableId ? history : null;

    private static async Task<Answer?> InOrderAsync(SortedDictionary<string, TableWatch> tables, bool exclusive, Func<Task<Answer?>> run)
    {
        var entered = new List<TableWatch>(tables.Count);
        try
        {
            foreach (var watch in tables.Values)
            {
                await watch.Lock.EnterAsync(exclusive);
                entered.Add(watch);
            }

            return await run();
        }
        finally
        {
            entered.ForEach(w => w.Lock.Exit(exclusive));
        }
    }

    /// <summary>Null: a key is not readable here, so the whole table has to be compared.</summary>
    private async Task<Answer?> RecordAsync(
        OperationCall call, IReadOnlyList<ItemWrite> writes, SortedDictionary<string, TableWatch> tables, CancellationToken cancellationToken)
    {
        var recorded = new List<(string Table, string Key, ReadOnlyMemory<byte> Attributes)>();
        foreach (var write in writes)
        {
            if (tables[write.Table].History is { } history)
            {
                if (Key(history, write.Attributes) is not { } key)
                {
                    return null;
                }

                recorded.Add((write.Table, key, write.Attributes));
            }
        }

        var locks = await _keys.EnterAsync(recorded.Select(r => (r.Table, r.Key)), cancellationToken);
        try
        {
            var answer = await call.ForwardAsync(call.Body, cancellationToken);
            // Refused: nothing was written. After anything else the backend says what there is.
            if (answer.Status / 100 != 4)
            {
                foreach (var ofTable in recorded.GroupBy(r => r.Table))
                {
                    await ReadBackAsync(ofTable.Key, tables[ofTable.Key].History!, ofTable.DistinctBy(r => r.Key).ToList(), cancellationToken);
                }
            }

            return answer;
        }
        finally
        {
            _keys.Exit(locks);
        }
    }

    private async Task ReadBackAsync(
        string table, TableHistory history, List<(string Table, string Key, ReadOnlyMemory<byte> Attributes)> items, CancellationToken cancellationToken)
    {
        var images = items.ToDictionary(i => i.Key, _ => (byte[]?)null);
        await content.GetAsync(
            table, history.Names, items.ConvertAll(i => i.Attributes), image => images[ItemKeys.Of(history.Names, image)!] = image, cancellationToken);
        history.Record(images.Select(i => (i.Key, i.Value)));
    }

    private async Task<Answer?> CompareAsync(OperationCall call, SortedDictionary<string, TableWatch> tables, CancellationToken cancellationToken)
    {
        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        foreach (var (table, watch) in tables)
        {
            if (answer.Status / 100 != 4 && watch.History is { } history)
            {
                var images = history.Keys().ToDictionary(k => k, _ => (byte[]?)null);
                await content.ScanAsync(table, image => images[ItemKeys.Of(history.Names, image)!] = image, cancellationToken);
                history.Record(images.Select(i => (i.Key, i.Value)));
            }
        }

        return answer;
    }

    private static string? Key(TableHistory history, ReadOnlyMemory<byte> attributes)
    {
        try
        {
            return ItemKeys.Of(history.Names, attributes.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TableWatch Watch(string table) => _watches.GetOrAdd(table, static _ => new TableWatch());
}
