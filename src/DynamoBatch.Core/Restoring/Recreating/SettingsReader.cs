using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Reads every setting of a table. Changes nothing.</summary>
internal sealed class SettingsReader
{
    private readonly SettingsControl _control;

    public SettingsReader(SettingsControl control) => _control = control;

    /// <summary>Reads all settings.</summary>
    /// <param name="table">The table.</param>
    /// <param name="lenient">Whether a setting that may not be read is told in <see cref="TableSettings.Unread"/> instead of refusing.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="DdbException">AccessDenied: a setting may not be read, so it would be lost.</exception>
    public async Task<TableSettings> ReadAsync(TableDescription table, bool lenient, CancellationToken cancellation)
    {
        var unread = new List<string>();
        string name = table.TableName;
        PointInTimeRecoveryDescription? recovery = await TryAsync("point-in-time recovery", () => ReadRecoveryAsync(name, cancellation)).ConfigureAwait(false);
        bool isRecovery = recovery?.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED;
        TableSettings settings = DescriptionReader.Read(table);
        return settings with
        {
            PointInTimeRecovery = isRecovery,
            RecoveryPeriodInDays = isRecovery ? recovery!.RecoveryPeriodInDays : null,
            Tags = await TryAsync("tags", () => ReadTagsAsync(table.TableArn, cancellation)).ConfigureAwait(false) ?? settings.Tags,
            TtlAttribute = await TryAsync("TTL", () => ReadTtlAsync(name, cancellation)).ConfigureAwait(false),
            ResourcePolicy = await TryAsync("the resource policy", () => _control.GetResourcePolicyAsync(table.TableArn, cancellation)).ConfigureAwait(false),
            StreamPolicy = settings.StreamArn is { } stream
                ? await TryAsync("the stream's resource policy", () => _control.GetResourcePolicyAsync(stream, cancellation)).ConfigureAwait(false)
                : null,
            Kinesis = await TryAsync("Kinesis destinations", () => ReadKinesisAsync(name, cancellation)).ConfigureAwait(false) ?? [],
            Insights = await TryAsync("contributor insights", () => ReadInsightsAsync(settings, cancellation)).ConfigureAwait(false) ?? [],
            Unread = unread,
        };

        async Task<T?> TryAsync<T>(string what, Func<Task<T?>> read)
            where T : class
        {
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (ControlException fault) when (fault.Is(ControlCodes.UnknownOperation) || lenient)
            {
                unread.Add($"{what}: {fault.Message}");
            }
            catch (DdbException fault) when (fault.Kind is FailureKind.AccessDenied && lenient)
            {
                unread.Add($"{what}: {fault.Message}");
            }

            return null;
        }
    }

    public async Task<PointInTimeRecoveryDescription?> ReadRecoveryAsync(string table, CancellationToken cancellation)
    {
        try
        {
            return (await _control.DescribeContinuousBackupsAsync(table, cancellation).ConfigureAwait(false)).PointInTimeRecoveryDescription;
        }
        catch (ControlException fault) when (fault.Is(ControlCodes.ContinuousBackupsUnavailable))
        {
            return null;
        }
    }

    public async Task<IReadOnlyDictionary<string, string>?> ReadTagsAsync(string arn, CancellationToken cancellation)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Tag tag in await _control.ListTagsAsync(arn, cancellation).ConfigureAwait(false))
        {
            tags[tag.Key] = tag.Value;
        }

        return tags;
    }

    public async Task<string?> ReadTtlAsync(string table, CancellationToken cancellation)
    {
        TimeToLiveDescription? ttl = await _control.DescribeTimeToLiveAsync(table, cancellation).ConfigureAwait(false);
        return ttl?.TimeToLiveStatus == TimeToLiveStatus.ENABLED || ttl?.TimeToLiveStatus == TimeToLiveStatus.ENABLING ? ttl.AttributeName : null;
    }

    public async Task<IReadOnlyList<KinesisSettings>?> ReadKinesisAsync(string table, CancellationToken cancellation) =>
        (await _control.DescribeKinesisAsync(table, cancellation).ConfigureAwait(false))
        .Where(d => d.DestinationStatus == DestinationStatus.ACTIVE || d.DestinationStatus == DestinationStatus.ENABLING || d.DestinationStatus == DestinationStatus.UPDATING)
        .Select(d => new KinesisSettings(d.StreamArn, d.ApproximateCreationDateTimePrecision?.Value)).OrderBy(d => d.StreamArn, StringComparer.Ordinal).ToArray();

    /// <summary>Insights of the table or of an index; null where they are off.</summary>
    public async Task<InsightsSettings?> ReadInsightAsync(string table, string? index, CancellationToken cancellation)
    {
        DescribeContributorInsightsResponse insights = await _control.DescribeContributorInsightsAsync(table, index, cancellation).ConfigureAwait(false);
        return insights.ContributorInsightsStatus == ContributorInsightsStatus.ENABLED || insights.ContributorInsightsStatus == ContributorInsightsStatus.ENABLING
            ? new InsightsSettings(index, insights.ContributorInsightsMode?.Value)
            : null;
    }

    private async Task<IReadOnlyList<InsightsSettings>?> ReadInsightsAsync(TableSettings settings, CancellationToken cancellation)
    {
        var all = new List<InsightsSettings>();
        foreach (string? index in new string?[] { null }.Concat(settings.GlobalIndexes.Select(i => i.Name)))
        {
            if (await ReadInsightAsync(settings.TableName, index, cancellation).ConfigureAwait(false) is { } insight)
            {
                all.Add(insight);
            }
        }

        return all;
    }
}
