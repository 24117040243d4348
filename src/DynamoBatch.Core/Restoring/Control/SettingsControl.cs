using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>The control plane's requests about a table's settings. Those that change one may be repeated, so lost answers are asked for again.</summary>
internal sealed class SettingsControl
{
    private readonly ControlCaller _caller;

    public SettingsControl(ControlCaller caller) => _caller = caller;

    public async Task<ContinuousBackupsDescription> DescribeContinuousBackupsAsync(string table, CancellationToken cancellation) =>
        (await _caller.AskAsync(
            "DescribeContinuousBackups", table, true, (c, ct) => c.DescribeContinuousBackupsAsync(new() { TableName = table }, ct), cancellation).ConfigureAwait(false))
        .ContinuousBackupsDescription;

    public Task UpdateContinuousBackupsAsync(string table, PointInTimeRecoverySpecification recovery, CancellationToken cancellation) => _caller.AskAsync(
        "UpdateContinuousBackups",
        table,
        true,
        (c, ct) => c.UpdateContinuousBackupsAsync(new() { TableName = table, PointInTimeRecoverySpecification = recovery }, ct),
        cancellation);

    public async Task<IReadOnlyList<Tag>> ListTagsAsync(string arn, CancellationToken cancellation)
    {
        var all = new List<Tag>();
        string? next = null;
        do
        {
            var request = new ListTagsOfResourceRequest { ResourceArn = arn, NextToken = next };
            ListTagsOfResourceResponse page = await _caller.AskAsync(
                "ListTagsOfResource", arn, true, (c, ct) => c.ListTagsOfResourceAsync(request, ct), cancellation).ConfigureAwait(false);
            all.AddRange(page.Tags ?? []);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return all;
    }

    public Task TagAsync(string arn, List<Tag> tags, CancellationToken cancellation) => _caller.AskAsync(
        "TagResource", arn, true, (c, ct) => c.TagResourceAsync(new() { ResourceArn = arn, Tags = tags }, ct), cancellation);

    public async Task<TimeToLiveDescription?> DescribeTimeToLiveAsync(string table, CancellationToken cancellation) =>
        (await _caller.AskAsync("DescribeTimeToLive", table, true, (c, ct) => c.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = table }, ct), cancellation).ConfigureAwait(false))
        .TimeToLiveDescription;

    public Task EnableTimeToLiveAsync(string table, string attribute, CancellationToken cancellation) => _caller.AskAsync(
        "UpdateTimeToLive",
        table,
        true,
        (c, ct) => c.UpdateTimeToLiveAsync(new() { TableName = table, TimeToLiveSpecification = new() { AttributeName = attribute, Enabled = true } }, ct),
        cancellation);

    /// <summary>The policy on a table or stream; null where there is none.</summary>
    public async Task<string?> GetResourcePolicyAsync(string arn, CancellationToken cancellation)
    {
        try
        {
            return (await _caller.AskAsync(
                "GetResourcePolicy", arn, true, (c, ct) => c.GetResourcePolicyAsync(new() { ResourceArn = arn }, ct), cancellation).ConfigureAwait(false)).Policy;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.PolicyNotFound))
        {
            return null;
        }
    }

    public Task PutResourcePolicyAsync(string arn, string policy, CancellationToken cancellation) => _caller.AskAsync(
        "PutResourcePolicy", arn, true, (c, ct) => c.PutResourcePolicyAsync(new() { ResourceArn = arn, Policy = policy }, ct), cancellation);

    public async Task<IReadOnlyList<KinesisDataStreamDestination>> DescribeKinesisAsync(string table, CancellationToken cancellation) =>
        (await _caller.AskAsync(
            "DescribeKinesisStreamingDestination", table, true, (c, ct) => c.DescribeKinesisStreamingDestinationAsync(new() { TableName = table }, ct), cancellation).ConfigureAwait(false))
        .KinesisDataStreamDestinations ?? [];

    public Task EnableKinesisAsync(string table, string streamArn, ApproximateCreationDateTimePrecision? precision, CancellationToken cancellation) => _caller.AskAsync(
        "EnableKinesisStreamingDestination",
        table,
        true,
        (c, ct) => c.EnableKinesisStreamingDestinationAsync(
            new()
            {
                TableName = table,
                StreamArn = streamArn,
                EnableKinesisStreamingConfiguration = precision is null ? null : new() { ApproximateCreationDateTimePrecision = precision },
            },
            ct),
        cancellation);

    public Task<DescribeContributorInsightsResponse> DescribeContributorInsightsAsync(string table, string? index, CancellationToken cancellation) => _caller.AskAsync(
        "DescribeContributorInsights", table, true, (c, ct) => c.DescribeContributorInsightsAsync(new() { TableName = table, IndexName = index }, ct), cancellation);

    public Task EnableContributorInsightsAsync(string table, string? index, ContributorInsightsMode? mode, CancellationToken cancellation) => _caller.AskAsync(
        "UpdateContributorInsights",
        table,
        true,
        (c, ct) => c.UpdateContributorInsightsAsync(
            new() { TableName = table, IndexName = index, ContributorInsightsAction = ContributorInsightsAction.ENABLE, ContributorInsightsMode = mode }, ct),
        cancellation);
}
