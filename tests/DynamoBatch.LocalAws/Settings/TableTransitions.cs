using System;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>
/// A table is UPDATING for the time that <see cref="FaultSettings.UpdatingMs" /> says: the backend has done it at once, and only the
/// control plane sees the state. Zero: at once, as the backend.
/// </summary>
internal sealed class TableTransitions(FaultControl faults, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _updating = new(StringComparer.Ordinal);

    public async Task<Answer> ChangeAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var table = SettingsJson.TryParse(call.Body).Text("TableName");
        if (IsUpdating(table))
        {
            return AwsError.ResourceInUse($"Attempt to change a resource which is still in use: Table is being updated: {table}");
        }

        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (!answer.Succeeded || table is null || faults.Current.UpdatingMs <= 0 || call.Operation != "UpdateTable")
        {
            return answer;
        }

        _updating[table] = time.GetTimestamp();
        return Show(answer, "TableDescription");
    }

    public async Task<Answer> DescribeAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        return IsUpdating(SettingsJson.TryParse(call.Body).Text("TableName")) ? Show(answer, "Table") : answer;
    }

    private bool IsUpdating(string? table)
    {
        if (table is null || !_updating.TryGetValue(table, out var since))
        {
            return false;
        }

        // The setting of now, so that a test ends the state by setting it to 0.
        var lasts = time.GetElapsedTime(since).TotalMilliseconds < faults.Current.UpdatingMs;
        return lasts || (_updating.TryRemove(new(table, since)) && false);
    }

    private static Answer Show(Answer answer, string member)
    {
        if (!answer.Succeeded || SettingsJson.TryParse(answer.Body) is not { } json || json[member] is not JsonObject table)
        {
            return answer;
        }

        table["TableStatus"] = "UPDATING";
        return answer.With(SettingsJson.Bytes(json));
    }
}
