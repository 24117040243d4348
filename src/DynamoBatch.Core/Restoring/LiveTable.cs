using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring;

/// <summary>The table that is restored, as it was found.</summary>
internal sealed class LiveTable
{
    private readonly TableDescription _description;

    private LiveTable(TableSchema schema, TableDescription description)
    {
        Schema = schema;
        _description = description;
    }

    public TableSchema Schema { get; }

    /// <summary>Its id: another one if it is deleted and made anew.</summary>
    public string? Id => _description.TableId;

    /// <summary>Its bytes; the service counts them every six hours or so.</summary>
    public long Bytes => _description.TableSizeBytes ?? 0;

    /// <summary>Finds a table; waits while it is being created.</summary>
    /// <exception cref="DdbException">There is none.</exception>
    public static async Task<LiveTable> FindAsync(DdbConnection connection, TableControl control, string tableName, System.Action<string> log, CancellationToken cancellation)
    {
        TableSchema schema = await connection.GetSchemaAsync(tableName, log, cancellation).ConfigureAwait(false);
        TableDescription table = await control.DescribeTableAsync(tableName, cancellation).ConfigureAwait(false)
            ?? throw new DdbException(FailureKind.TableNotFound, $"Table '{tableName}' does not exist any more.");
        return new LiveTable(schema, table);
    }

    /// <summary>The content that a restore brings back, and that of when the damage had ended, where that is asked for; found and checked.</summary>
    /// <param name="control">Asked.</param>
    /// <param name="restore">Says which.</param>
    /// <param name="force">Whether the backup of another table will do.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="RestoreException">It cannot be restored.</exception>
    public async Task<(RestoreSource Wanted, RestoreSource? Damaged)> ResolveAsync(TableControl control, RestoreIdentity restore, bool force, CancellationToken cancellation)
    {
        var sources = new RestoreSources(control);
        RestoreSource wanted = await (
            restore.BackupArn is { } backup ? sources.ResolveBackupAsync(_description, backup, force, cancellation)
            : restore.SourceTableName is { } table ? sources.ResolveTableAsync(_description, table, cancellation)
            : sources.ResolveTimeAsync(_description, restore.PointInTime, "PointInTime", cancellation)).ConfigureAwait(false);
        RestoreSource? damaged = restore.DamageEnd is { } end
            ? await sources.ResolveTimeAsync(_description, end, "DamageEnd", cancellation).ConfigureAwait(false)
            : null;
        return (wanted, damaged);
    }
}
