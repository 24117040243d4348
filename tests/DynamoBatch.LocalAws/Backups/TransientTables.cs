using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The tables that are being restored or deleted, and what DescribeTable says of restored ones. No timers: the clock is compared at each request.</summary>
internal sealed class TransientTables(BackupControl control)
{
    private readonly ConcurrentDictionary<string, TransientTable> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _restoreSummaries = new(StringComparer.Ordinal);
    private volatile bool _any;

    /// <summary>False: no request needs a look.</summary>
    public bool Any => _any;

    public int Restoring => _tables.Keys.Count(t => Find(t)?.Status == "CREATING");

    public bool IsRestoring(string backupArn) => _tables.Keys.Any(t => Find(t)?.BackupArn == backupArn);

    /// <summary>False: somebody else is at it.</summary>
    public bool TryAdd(string name, TransientTable table)
    {
        Find(name);
        lock (_tables)
        {
            _any = true;
            return _tables.TryAdd(name, table);
        }
    }

    public void Remove(string name)
    {
        lock (_tables)
        {
            _tables.TryRemove(name, out _);
            _any = !_tables.IsEmpty;
        }
    }

    /// <summary>Null: the table is active, or there is none.</summary>
    /// <exception cref="HttpRequestException">A restore could not load its table.</exception>
    public TransientTable? Find(string name)
    {
        if (!_any || !_tables.TryGetValue(name, out var table))
        {
            return null;
        }

        if (table.Loading.IsFaulted)
        {
            throw new HttpRequestException($"The restore of {name} failed: {table.Loading.Exception!.InnerException!.Message}");
        }

        if (table.Starts || control.Now < table.Until || !table.Loading.IsCompleted)
        {
            return table;
        }

        lock (_tables)
        {
            _tables.TryRemove(new(name, table));
            _any = !_tables.IsEmpty;
        }

        return null;
    }

    /// <summary>What DescribeTable says of a restored table from now on.</summary>
    public void Remember(string tableId, JsonObject restoreSummary) => _restoreSummaries[tableId] = restoreSummary;

    public bool AnyRestored => !_restoreSummaries.IsEmpty;

    /// <summary>Shows in a table's description what it is: being created, or restored once.</summary>
    public void Decorate(JsonObject description)
    {
        if (_restoreSummaries.TryGetValue((string?)description["TableId"] ?? "", out var summary))
        {
            description["RestoreSummary"] = summary.DeepClone();
        }

        if (Find((string?)description["TableName"] ?? "") is not { Status: "CREATING" })
        {
            return;
        }

        description["TableStatus"] = "CREATING";
        if (description["RestoreSummary"] is JsonObject restore)
        {
            restore["RestoreInProgress"] = true;
        }

        foreach (var index in description["GlobalSecondaryIndexes"] as JsonArray ?? [])
        {
            index!["IndexStatus"] = "CREATING";
        }
    }
}
