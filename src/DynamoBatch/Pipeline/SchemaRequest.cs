using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>Asks for a table's schema beside the pipeline thread.</summary>
internal static class SchemaRequest
{
    /// <summary>The schema, or why there is none.</summary>
    /// <param name="command">The command; its Ctrl+C ends the waiting.</param>
    /// <param name="connection">Where to ask.</param>
    /// <param name="tableName">The table's name or ARN.</param>
    /// <param name="crossing">Where the pipeline thread waits.</param>
    /// <param name="serve">Called while waiting.</param>
    public static (TableSchema? Schema, DdbException? Failure) Wait(
        DdbCommand command, DdbConnection connection, string tableName, Crossing crossing, Action serve)
    {
        // Elsewhere, and not waited for after Ctrl+C: a credential process that asks for a code cannot be cancelled.
        CancellationToken stop = command.StopToken;
        Task<TableSchema> reading = Task.Run(() => connection.GetSchemaAsync(tableName, crossing.Verbose, stop), stop);
        while (!reading.IsCompleted && !stop.IsCancellationRequested)
        {
            serve();
            crossing.Wait(reading, TimeSpan.FromMilliseconds(100));
        }

        if (!reading.IsCompleted || reading.IsCanceled)
        {
            return (null, new DdbException(FailureKind.NotSent, "The run was stopped."));
        }

        if (reading.IsFaulted)
        {
            Exception fault = reading.Exception!.InnerException!;
            return (null, fault as DdbException ?? new DdbException(FailureKind.EndpointUnreachable, fault.Message, fault));
        }

        TableSchema schema = Crossing.Take(reading);
        string sort = schema.SortKey is { } key ? $", sort key '{key.Name}' ({key.Type})" : string.Empty;
        command.WriteVerbose(
            $"Table '{schema.TableName}': partition key '{schema.PartitionKey.Name}' ({schema.PartitionKey.Type}){sort}, {schema.IndexKeys.Count} index key attributes.");
        return (schema, null);
    }
}
