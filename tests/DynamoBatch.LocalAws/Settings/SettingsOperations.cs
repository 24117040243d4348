using System;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>The settings of tables that the backend lacks. After the history's parts, so that it sees a table as clients do.</summary>
internal static class SettingsOperations
{
    public static void Register(OperationTable operations, Forwarder backend, FaultControl faults, TimeProvider time)
    {
        var store = new TableSettingsStore(backend);
        var descriptions = new TableDescriptions(store);
        var policies = new ResourcePolicies(store);
        var updates = new TableUpdates(store, descriptions, policies);
        var kinesis = new KinesisDestinations(store);
        var insights = new ContributorInsights(store, time);
        operations.Register("PutResourcePolicy", policies.PutAsync);
        operations.Register("GetResourcePolicy", policies.GetAsync);
        operations.Register("DeleteResourcePolicy", policies.DeleteAsync);
        operations.Register("EnableKinesisStreamingDestination", kinesis.EnableAsync);
        operations.Register("DisableKinesisStreamingDestination", kinesis.DisableAsync);
        operations.Register("DescribeKinesisStreamingDestination", kinesis.DescribeAsync);
        operations.Register("UpdateContributorInsights", insights.UpdateAsync);
        operations.Register("DescribeContributorInsights", insights.DescribeAsync);
        operations.Register("UpdateTimeToLive", new TimeToLiveRules(backend).UpdateAsync);
        foreach (var operation in new[] { "TagResource", "UntagResource" })
        {
            // AWS answers without a body. The backend's {} is not read by the SDK, which then misses its checksum.
            operations.Register(operation, async (call, cancellationToken) =>
            {
                var answer = await call.ForwardAsync(call.Body, cancellationToken);
                return answer.Succeeded ? answer.With([]) : answer;
            });
        }

        operations.Register("CreateTable", updates.CreateAsync);
        operations.Register("UpdateTable", updates.UpdateAsync);
        operations.Register("DescribeTable", async (call, cancellationToken) =>
            descriptions.Complete(await call.ForwardAsync(call.Body, cancellationToken), "Table"));

        var transitions = new TableTransitions(faults, time);
        operations.Register("UpdateTable", transitions.ChangeAsync);
        operations.Register("UpdateTimeToLive", transitions.ChangeAsync);
        operations.Register("DeleteTable", transitions.ChangeAsync);
        operations.Register("DescribeTable", transitions.DescribeAsync);
    }
}
