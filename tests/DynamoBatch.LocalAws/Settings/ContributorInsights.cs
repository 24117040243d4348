using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>Contributor insights of tables and indexes: their status only.</summary>
internal sealed class ContributorInsights(TableSettingsStore store, TimeProvider time)
{
    private const string DefaultMode = "ACCESSED_AND_THROTTLED_KEYS";

    public Task<Answer> UpdateAsync(OperationCall call, CancellationToken cancellationToken) => ApplyAsync(call, (settings, index, request) =>
    {
        var action = request.Text("ContributorInsightsAction");
        if (action is not ("ENABLE" or "DISABLE"))
        {
            return AwsError.Validation($"1 validation error detected: Value '{action}' at 'contributorInsightsAction' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [ENABLE, DISABLE]");
        }

        var mode = request.Text("ContributorInsightsMode") ?? settings.Insights.GetValueOrDefault(index)?.Mode ?? DefaultMode;
        settings.Insights[index] = new InsightsStatus(action == "ENABLE", mode, time.GetUtcNow());
        var answer = Named(request, index);
        answer["ContributorInsightsStatus"] = action == "ENABLE" ? "ENABLING" : "DISABLING";
        answer["ContributorInsightsMode"] = mode;
        return SettingsJson.Answer(answer);
    }, cancellationToken);

    public Task<Answer> DescribeAsync(OperationCall call, CancellationToken cancellationToken) => ApplyAsync(call, (settings, index, request) =>
    {
        var answer = Named(request, index);
        var status = settings.Insights.GetValueOrDefault(index);
        answer["ContributorInsightsStatus"] = status is { Enabled: true } ? "ENABLED" : "DISABLED";
        if (status is not null)
        {
            answer["ContributorInsightsMode"] = status.Mode;
            answer["LastUpdateDateTime"] = status.Updated.ToUnixTimeSeconds();
        }

        if (status is { Enabled: true })
        {
            var table = request.Text("TableName");
            answer["ContributorInsightsRuleList"] = new JsonArray("DynamoDBContributorInsights-PKC-" + table, "DynamoDBContributorInsights-PKT-" + table);
        }

        return SettingsJson.Answer(answer);
    }, cancellationToken);

    private async Task<Answer> ApplyAsync(OperationCall call, Func<TableSettings, string, JsonObject, Answer> apply, CancellationToken cancellationToken)
    {
        var request = SettingsJson.TryParse(call.Body) ?? [];
        var table = request.Text("TableName");
        if (await store.FindAsync(table, cancellationToken) is not var (description, settings))
        {
            return TableSettingsStore.NotFound(table);
        }

        var index = request.Text("IndexName") ?? "";
        return index.Length > 0 && !(description["GlobalSecondaryIndexes"] as JsonArray ?? []).Any(i => i.Text("IndexName") == index)
            ? AwsError.ResourceNotFound($"Requested resource not found: Index: {index} not found")
            : apply(settings, index, request);
    }

    private static JsonObject Named(JsonObject request, string index)
    {
        var named = new JsonObject { ["TableName"] = request.Text("TableName") };
        if (index.Length > 0)
        {
            named["IndexName"] = index;
        }

        return named;
    }
}
