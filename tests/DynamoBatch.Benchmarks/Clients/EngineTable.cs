using System.Linq;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>Makes one table's writes of rows, as the commands do.</summary>
internal sealed class EngineTable
{
    private readonly WriteTable _table;
    private readonly int[] _columns;
    private readonly ItemEncoder _encoder;
    private readonly AttributePlan[] _plans;
    private readonly RequestPlanner? _planner;
    private readonly EngineCheckpoint? _checkpoint;

    public EngineTable(WriteTable table, EngineWork work, EngineCheckpoint? checkpoint)
    {
        _table = table;
        _columns = work.Columns;
        _encoder = new ItemEncoder(table.Schema, keepAttributes: work.Update is not null);
        _plans = _columns.Select(column => _encoder.Plan(BenchmarkRows.Names[column])).ToArray();
        _planner = work.Update is { } update ? new RequestPlanner(attributes => new UpdateShape(table.Schema, update, attributes)) : null;
        _checkpoint = checkpoint;
    }

    public WriteCounts Counts => _table.Counts;

    public WriteOperation Take(object[] row)
    {
        _encoder.Begin();
        for (int i = 0; i < _plans.Length; i++)
        {
            _encoder.Add(_plans[i], row[_columns[i]]);
        }

        EncodedItem item = _encoder.Finish();
        return _planner is not null ? new WriteOperation(_table, WriteVerb.Update, item, null) { Request = _planner.Plan(item) }
            : _checkpoint is not null ? _checkpoint.Take(_table, WriteVerb.Put, item)
            : new WriteOperation(_table, WriteVerb.Put, item, null);
    }
}
