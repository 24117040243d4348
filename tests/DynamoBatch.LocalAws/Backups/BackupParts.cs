using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>Registers what backups and restores perform, and what they accompany.</summary>
internal static class BackupParts
{
    public static void Register(OperationTable operations, Forwarder backend, RequestWrites requestWrites, BackupControl control)
    {
        var content = new TableContent(backend, operations);
        var history = new WriteHistory(requestWrites, content);
        var transient = new TransientTables(control);
        var backups = new BackupStore(content, control);

        var lifecycle = new TableLifecycle(transient, history, backups, control);
        foreach (var write in WriteHistory.Operations)
        {
            operations.Register(write, lifecycle.Guard(history.ApplyAsync));
        }

        foreach (var read in new[] { "BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems" })
        {
            operations.Register(read, lifecycle.Guard(static (call, cancellationToken) => call.ForwardAsync(call.Body, cancellationToken)));
        }

        operations.Register("DescribeTable", lifecycle.DescribeAsync);
        operations.Register("DeleteTable", lifecycle.DeleteAsync);
        foreach (var change in new[] { "CreateTable", "UpdateTable", "UpdateTimeToLive" })
        {
            operations.Register(change, lifecycle.ChangeAsync);
        }

        var continuous = new ContinuousBackups(content, history, transient, control);
        operations.Register("DescribeContinuousBackups", BackupRequest.Handler(continuous.DescribeAsync));
        operations.Register("UpdateContinuousBackups", BackupRequest.Handler(continuous.UpdateAsync));

        var requests = new BackupOperations(backups, content, history, transient);
        operations.Register("CreateBackup", BackupRequest.Handler(requests.CreateAsync));
        operations.Register("DescribeBackup", BackupRequest.Handler(requests.DescribeAsync));
        operations.Register("ListBackups", BackupRequest.Handler(requests.ListAsync));
        operations.Register("DeleteBackup", BackupRequest.Handler(requests.DeleteAsync));

        var restores = new Restores(operations, content, history, backups, transient, control);
        operations.Register("RestoreTableToPointInTime", BackupRequest.Handler(restores.ToPointInTimeAsync));
        operations.Register("RestoreTableFromBackup", BackupRequest.Handler(restores.FromBackupAsync));
    }
}
