using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy, of tables and streams. Policies are kept, not evaluated.</summary>
internal sealed class ResourcePolicies(TableSettingsStore store)
{
    private const int MaxBytes = 20 * 1024;
    private const string NoPolicy = "NO_POLICY";
    private readonly object _lock = new();
    private long _revision;

    public Task<Answer> PutAsync(OperationCall call, CancellationToken cancellationToken) => ApplyAsync(call, Put, cancellationToken);

    public Task<Answer> GetAsync(OperationCall call, CancellationToken cancellationToken) => ApplyAsync(call, Get, cancellationToken);

    public Task<Answer> DeleteAsync(OperationCall call, CancellationToken cancellationToken) => ApplyAsync(call, Delete, cancellationToken);

    /// <summary>The policy that CreateTable gives.</summary>
    public void Attach(TableSettings settings, string policy) => settings.Policies[""] = new ResourcePolicy(policy, NewRevision());

    private async Task<Answer> ApplyAsync(
        OperationCall call, Func<TableSettings, string, JsonObject, Answer> apply, CancellationToken cancellationToken)
    {
        var request = SettingsJson.TryParse(call.Body) ?? [];
        var arn = request.Text("ResourceArn");
        if (TableArn.Split(arn) is not var (table, rest))
        {
            return AwsError.Validation($"Invalid ResourceArn provided as input {arn}");
        }

        if (await store.FindAsync(table, cancellationToken) is not var (_, settings))
        {
            return AwsError.ResourceNotFound($"Requested resource not found: ResourceArn: {arn} not found");
        }

        lock (_lock)
        {
            return apply(settings, rest, request);
        }
    }

    private Answer Put(TableSettings settings, string rest, JsonObject request)
    {
        if (request.Text("Policy") is not { } policy || Encoding.UTF8.GetByteCount(policy) > MaxBytes
            || SettingsJson.TryParse(Encoding.UTF8.GetBytes(policy)) is null)
        {
            return AwsError.Validation("Invalid policy document: a JSON object of at most 20 KB is wanted");
        }

        var current = settings.Policies.GetValueOrDefault(rest);
        if (!IsExpected(request, current))
        {
            return NotFound();
        }

        if (current?.Policy != policy)
        {
            settings.Policies[rest] = current = new ResourcePolicy(policy, NewRevision());
        }

        return SettingsJson.Answer(new JsonObject { ["RevisionId"] = current.RevisionId });
    }

    private Answer Get(TableSettings settings, string rest, JsonObject request) => settings.Policies.TryGetValue(rest, out var policy)
        ? SettingsJson.Answer(new JsonObject { ["Policy"] = policy.Policy, ["RevisionId"] = policy.RevisionId })
        : NotFound();

    private Answer Delete(TableSettings settings, string rest, JsonObject request)
    {
        if (!IsExpected(request, settings.Policies.GetValueOrDefault(rest)))
        {
            return NotFound();
        }

        // To delete none is no error; there is no revision to tell then.
        return SettingsJson.Answer(settings.Policies.TryRemove(rest, out var policy) ? new JsonObject { ["RevisionId"] = policy.RevisionId } : []);
    }

    private static bool IsExpected(JsonObject request, ResourcePolicy? current) =>
        request.Text("ExpectedRevisionId") is not { } expected || expected == (current?.RevisionId ?? NoPolicy);

    private static Answer NotFound() => AwsError.PolicyNotFound("Resource-based policy not found for the provided ResourceArn");

    private string NewRevision() => (1_700_000_000_000 + Interlocked.Increment(ref _revision)).ToString(CultureInfo.InvariantCulture);
}
