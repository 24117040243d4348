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
/// A table is UPDATING or DELETING for the time that <see cref="FaultSettings.UpdatingMs" /> and <see cref="FaultSettings.DeletingMs" /> say:
/// the backend has done it at once, and only the control plane sees the state. Zero: at once, as the backend.
/// </summary>
internal sealed class TableTransitions(FaultControl faults, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Transition> _transitions = new(StringComparer.Ordinal);

    public async Task<Answer> UpdateAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var table = SettingsJson.TryParse(call.Body).Text("TableName");
        if (Refuse(table) is { } refusal)
        {
            return refusal;
        }

        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (!answer.Succeeded || table is null || faults.Current.UpdatingMs <= 0 || call.Operation != "UpdateTable")
        {
            return answer;
        }

        _transitions[table] = new Transition("UPDATING", null, time.GetTimestamp());
        return Show(answer, "TableDescription", "UPDATING");
    }

    public async Task<Answer> DeleteAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var table = SettingsJson.TryParse(call.Body).Text("TableName");
        if (Of(table) is { State: "DELETING", Description: { } description })
        {
            // As AWS documents it: no error.
            return SettingsJson.Answer(new JsonObject { ["TableDescription"] = description.DeepClone() });
        }

        if (Refuse(table) is { } refusal)
        {
            return refusal;
        }

        var answer = await call.ForwardAsync(call.Body, cancellationToken);
        if (answer.Succeeded && table is not null && faults.Current.DeletingMs > 0
            && SettingsJson.TryParse(answer.Body)?["TableDescription"] is JsonObject deleted)
        {
            deleted["TableStatus"] = "DELETING";
            _transitions[table] = new Transition("DELETING", (JsonObject)deleted.DeepClone(), time.GetTimestamp());
        }

        return answer;
    }

    public async Task<Answer> CreateAsync(OperationCall call, CancellationToken cancellationToken) =>
        Of(SettingsJson.TryParse(call.Body).Text("TableName")) is { State: "DELETING", Description: { } deleted }
            ? AwsError.ResourceInUse($"Table is being deleted: {deleted.Text("TableName")}")
            : await call.ForwardAsync(call.Body, cancellationToken);

    public async Task<Answer> DescribeAsync(OperationCall call, CancellationToken cancellationToken) =>
        Of(SettingsJson.TryParse(call.Body).Text("TableName")) switch
        {
            null => await call.ForwardAsync(call.Body, cancellationToken),
            { Description: { } deleted } => SettingsJson.Answer(new JsonObject { ["Table"] = deleted.DeepClone() }),
            var transition => Show(await call.ForwardAsync(call.Body, cancellationToken), "Table", transition.State),
        };

    private Answer? Refuse(string? table)
    {
        var doing = Of(table)?.State switch { null => null, "UPDATING" => "updated", _ => "deleted" };
        return doing is null ? null : AwsError.ResourceInUse($"Attempt to change a resource which is still in use: Table is being {doing}: {table}");
    }

    private Transition? Of(string? table)
    {
        if (table is null || !_transitions.TryGetValue(table, out var transition))
        {
            return null;
        }

        // The setting of now, so that a test ends the state by setting it to 0.
        var lasts = transition.State == "UPDATING" ? faults.Current.UpdatingMs : faults.Current.DeletingMs;
        if (time.GetElapsedTime(transition.Since).TotalMilliseconds < lasts)
        {
            return transition;
        }

        _transitions.TryRemove(new(table, transition));
        return null;
    }

    private static Answer Show(Answer answer, string member, string state)
    {
        if (!answer.Succeeded || SettingsJson.TryParse(answer.Body) is not { } json || json[member] is not JsonObject table)
        {
            return answer;
        }

        table["TableStatus"] = state;
        return answer.With(SettingsJson.Bytes(json));
    }

    private sealed record Transition(string State, JsonObject? Description, long Since);
}
