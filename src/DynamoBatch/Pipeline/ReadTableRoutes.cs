using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>Routes keys that are read.</summary>
internal sealed class ReadTableRoutes : TableRoutes<ReadTableRun>
{
    private readonly ReadDdbBatchCommand _command;

    public ReadTableRoutes(ReadDdbBatchCommand command, DdbConnection connection, Crossing crossing)
        : base(command, command.TableName, command.TableNameProperty, connection, crossing) => _command = command;

    protected override ReadTableRun Create(string name) => new(name);

    protected override void Opened(ReadTableRun table, TableSchema schema)
    {
        table.Table = new ReadTable(schema, _command.Property);
        table.Encoder = new ObjectEncoder(schema, new EncodingOptions(), null, _command.TableNameProperty, keyOnly: true);
    }

    protected override void CountAbandoned(ReadTableRun table) => table.Counts.CountUnasked(ReadStatus.NotRead);
}
