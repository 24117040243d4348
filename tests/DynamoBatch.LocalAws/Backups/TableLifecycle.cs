using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>Accompanies what is asked of tables that are being restored or deleted, and their deletion.</summary>
internal sealed class TableLifecycle(TransientTables transient, WriteHistory history, BackupStore backups, BackupControl control)
{
    /// <summary>Data plane: a table that is not there yet, or no more, is not found.</summary>
    public OperationHandler Guard(OperationHandler next) => (call, cancellationToken) =>
    {
        if (!transient.Any)
        {
            return next(call, cancellationToken);
        }

        if (call.Operation == "BatchExecuteStatement" && StatementBatch.TryParse(call.Body) is { } batch)
        {
            var errors = batch.Statements.Select(s => PartiQLStatement.Of(s).Table is { } table && transient.Find(table) is not null
                ? StatementBatch.Error("ResourceNotFound", "Requested resource not found", table) : null).ToArray();
            return batch.ExecuteAsync(errors, body => next(call with { Body = body }, cancellationToken));
        }

        return RequestTables.Of(call.Operation, call.Body).Any(t => transient.Find(t) is not null)
            ? Task.FromResult(AwsError.ResourceNotFound("Requested resource not found"))
            : next(call, cancellationToken);
    };

    public async Task<Answer> DescribeAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (transient.Any && Name(call) is { } name && transient.Find(name) is { Status: "DELETING", Description: { } deleted })
        {
            return AwsError.Json(200, Encoding.UTF8.GetBytes(new JsonObject { ["Table"] = deleted.DeepClone() }.ToJsonString()));
        }

        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (!answer.Succeeded || (!transient.Any && !transient.AnyRestored) || JsonNode.Parse(answer.Body) is not JsonObject json
            || json["Table"] is not JsonObject table)
        {
            return answer;
        }

        transient.Decorate(table);
        return answer.With(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    /// <summary>CreateTable, UpdateTable, UpdateTimeToLive: not while the name is in use.</summary>
    public Task<Answer> ChangeAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (transient.Any && Name(call) is { } name && transient.Find(name) is { } table && !(table.Starts && call.Operation == "CreateTable"))
        {
            return Task.FromResult(InUse(name, table));
        }

        return call.ForwardAsync(call.Body, cancellationToken);
    }

    public async Task<Answer> DeleteAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (Name(call) is not { } name)
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }

        if (transient.Find(name) is { } table)
        {
            // To delete what is being deleted is no error.
            return table.Description is null ? InUse(name, table)
                : AwsError.Json(200, Encoding.UTF8.GetBytes(new JsonObject { ["TableDescription"] = table.Description.DeepClone() }.ToJsonString()));
        }

        return await history.AloneAsync(name, watch => DeleteAsync(call, name, watch, cancellationToken));
    }

    private async Task<Answer> DeleteAsync(OperationCall call, string name, TableWatch watch, CancellationToken cancellationToken)
    {
        var last = watch.History is null ? null : await backups.DescribeAsync(name, cancellationToken);
        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (answer.Succeeded)
        {
            if (last is { } source && (string?)source.Table["TableId"] == watch.History!.TableId)
            {
                backups.Add(BackupStore.SystemName(name), isSystem: true, source, watch.History.Current());
            }

            watch.History = null;
            var description = (JsonObject)JsonNode.Parse(answer.Body)!["TableDescription"]!.DeepClone();
            if (control.Settings.DeleteTime > 0)
            {
                var until = control.Now.AddSeconds(control.Settings.DeleteTime);
                transient.TryAdd(name, new TransientTable { Status = "DELETING", Until = until, Description = description });
            }
        }

        return answer;
    }

    private static Answer InUse(string name, TransientTable table) => AwsError.ResourceInUse(
        $"Attempt to change a resource which is still in use: Table is being {(table.Status == "CREATING" ? "created" : "deleted")}: {name}");

    private static string? Name(OperationCall call)
    {
        try
        {
            return JsonSlices.Text(JsonSlices.Find(call.Body, "TableName"));
        }
        catch (JsonException)
        {
            // Not JSON: the backend says so.
            return null;
        }
    }
}
