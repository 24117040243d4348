using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>The settings that the new table must have, in the order in which they are brought back: what protects data comes first.</summary>
internal sealed class SettingList
{
    private readonly TableControl _control;
    private readonly SettingsReader _reader;
    private readonly TableSettings _wanted;
    private readonly List<TableSetting> _all = [];

    private SettingList(TableControl control, TableSettings wanted)
    {
        _control = control;
        _reader = new SettingsReader(control.Settings);
        _wanted = wanted;
    }

    /// <summary>The settings of a table as it was.</summary>
    public static IReadOnlyList<TableSetting> For(TableControl control, TableSettings wanted)
    {
        var list = new SettingList(control, wanted);
        list.AddRecovery();
        list.AddTags();
        list.AddTtl();
        list.AddStream();
        list.AddPolicy();
        list.AddOnTable("DeletionProtection", wanted.DeletionProtection, now => now.DeletionProtection, new() { DeletionProtectionEnabled = true }, "--deletion-protection-enabled");
        list.AddOnTable(
            "TableClass", true, now => now.TableClass == wanted.TableClass, new() { TableClass = TableClass.FindValue(wanted.TableClass) }, $"--table-class {wanted.TableClass}");
        list.AddComingAlong();
        list.AddKinesis();
        list.AddIndexes();
        list.AddInsights();
        list.AddWarm();
        return list._all;
    }

    private string Name => _wanted.TableName;

    private void AddRecovery()
    {
        if (_wanted.PointInTimeRecovery)
        {
            var recovery = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = _wanted.RecoveryPeriodInDays };
            string days = _wanted.RecoveryPeriodInDays is { } known ? FormattableString.Invariant($",RecoveryPeriodInDays={known}") : string.Empty;
            Add(
                "PointInTimeRecovery",
                async ct => await _reader.ReadRecoveryAsync(Name, ct).ConfigureAwait(false) is { } now
                    && now.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED
                    && (_wanted.RecoveryPeriodInDays is not { } days || now.RecoveryPeriodInDays == days),
                ct => _control.Settings.UpdateContinuousBackupsAsync(Name, recovery, ct),
                $"update-continuous-backups --table-name {Name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true{days}");
        }
    }

    private void AddTags()
    {
        // Tags of AWS itself cannot be set; whoever set them, such as CloudFormation, does so again.
        KeyValuePair<string, string>[] tags = _wanted.Tags.Where(t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (tags.Length > 0)
        {
            Add(
                "Tags",
                async ct => await _reader.ReadTagsAsync(_wanted.TableArn, ct).ConfigureAwait(false) is { } now
                    && tags.All(t => now.TryGetValue(t.Key, out string? value) && value == t.Value),
                ct => _control.Settings.TagAsync(_wanted.TableArn, tags.Select(t => new Tag { Key = t.Key, Value = t.Value }).ToList(), ct),
                $"tag-resource --resource-arn {_wanted.TableArn} --tags {CliText.Quote(CliText.Tags(tags))}");
        }
    }

    private void AddTtl()
    {
        if (_wanted.TtlAttribute is { } attribute)
        {
            Add(
                "TimeToLive",
                async ct => await _reader.ReadTtlAsync(Name, ct).ConfigureAwait(false) == attribute,
                ct => _control.Settings.EnableTimeToLiveAsync(Name, attribute, ct),
                $"update-time-to-live --table-name {Name} --time-to-live-specification {CliText.Quote($"Enabled=true,AttributeName={attribute}")}");
        }
    }

    private void AddStream()
    {
        if (_wanted.StreamViewType is { } view)
        {
            var stream = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.FindValue(view) };
            AddOnTable("Stream", true, now => now.StreamViewType == view, new() { StreamSpecification = stream }, $"--stream-specification StreamEnabled=true,StreamViewType={view}");
        }

        if (_wanted is { StreamPolicy: { } policy, StreamArn: { } old })
        {
            // A new stream has an ARN of its own, which the policy names.
            Add(
                "StreamPolicy",
                async ct => await StreamArnAsync(ct).ConfigureAwait(false) is { } arn
                    && IsSameJson(await _control.Settings.GetResourcePolicyAsync(arn, ct).ConfigureAwait(false), policy.Replace(old, arn)),
                async ct =>
                {
                    string? arn = await StreamArnAsync(ct).ConfigureAwait(false);
                    if (arn is not null)
                    {
                        await _control.Settings.PutResourcePolicyAsync(arn, policy.Replace(old, arn), ct).ConfigureAwait(false);
                    }
                },
                $"put-resource-policy --resource-arn (new stream ARN) --policy {CliText.Quote(policy.Replace(old, "(new stream ARN)"))}");
        }
    }

    private async Task<string?> StreamArnAsync(CancellationToken cancellation) => (await ReadAsync(cancellation).ConfigureAwait(false))?.StreamArn;

    private void AddPolicy()
    {
        if (_wanted.ResourcePolicy is { } policy)
        {
            Add(
                "ResourcePolicy",
                async ct => IsSameJson(await _control.Settings.GetResourcePolicyAsync(_wanted.TableArn, ct).ConfigureAwait(false), policy),
                ct => _control.Settings.PutResourcePolicyAsync(_wanted.TableArn, policy, ct),
                $"put-resource-policy --resource-arn {_wanted.TableArn} --policy {CliText.Quote(policy)}");
        }
    }

    private void AddKinesis()
    {
        foreach (KinesisSettings stream in _wanted.Kinesis)
        {
            string precision = stream.Precision is null ? string.Empty : $" --enable-kinesis-streaming-configuration ApproximateCreationDateTimePrecision={stream.Precision}";
            Add(
                $"KinesisDestination {stream.StreamArn}",
                async ct => (await _reader.ReadKinesisAsync(Name, ct).ConfigureAwait(false))!.Contains(stream),
                ct => _control.Settings.EnableKinesisAsync(Name, stream.StreamArn, stream.Precision is null ? null : ApproximateCreationDateTimePrecision.FindValue(stream.Precision), ct),
                $"enable-kinesis-streaming-destination --table-name {Name} --stream-arn {stream.StreamArn}{precision}");
        }
    }

    private void AddInsights()
    {
        foreach (InsightsSettings insights in _wanted.Insights)
        {
            string index = insights.IndexName is null ? string.Empty : $" --index-name {insights.IndexName}";
            string mode = insights.Mode is null ? string.Empty : $" --contributor-insights-mode {insights.Mode}";
            Add(
                $"ContributorInsights{(insights.IndexName is null ? string.Empty : $" {insights.IndexName}")}",
                async ct => await _reader.ReadInsightAsync(Name, insights.IndexName, ct).ConfigureAwait(false) == insights,
                ct => _control.Settings.EnableContributorInsightsAsync(Name, insights.IndexName, insights.Mode is null ? null : ContributorInsightsMode.FindValue(insights.Mode), ct),
                $"update-contributor-insights --table-name {Name}{index} --contributor-insights-action ENABLE{mode}");
        }
    }

    private void AddComingAlong()
    {
        AddOnly("Key", now => now.Key == _wanted.Key, $"describe-table --table-name {Name}");
        AddOnly("LocalIndexes", now => now.LocalIndexes.Select(i => i.Shape).SequenceEqual(_wanted.LocalIndexes.Select(i => i.Shape)), $"describe-table --table-name {Name}");
        AddOnly("VectorIndexes", now => now.VectorIndexes.SequenceEqual(_wanted.VectorIndexes), $"describe-table --table-name {Name}");
        AddOnly("IndexCapacity", now => SameCapacity(now.GlobalIndexes, _wanted.GlobalIndexes), $"describe-table --table-name {Name}");
        AddOnly("Encryption", now => now.EncryptionType == _wanted.EncryptionType && now.EncryptionKey == _wanted.EncryptionKey, SettingUpdates.EncryptionCommand(_wanted));
        AddOnTable(
            "Billing",
            true,
            now => now.BillingMode == _wanted.BillingMode && now.Provisioned == _wanted.Provisioned && now.OnDemand == _wanted.OnDemand,
            SettingUpdates.Billing(_wanted),
            SettingUpdates.BillingArguments(_wanted));
    }

    private void AddIndexes()
    {
        foreach (IndexSettings index in _wanted.GlobalIndexes)
        {
            AddOnTable(
                $"GlobalIndex {index.Name}", true, now => now.GlobalIndexes.Any(i => i.Shape == index.Shape), SettingUpdates.CreateIndex(_wanted, index), SettingUpdates.CreateIndexArguments(_wanted, index));
        }
    }

    private void AddWarm()
    {
        if (_wanted.Warm is { } warm)
        {
            AddOnTable(
                "WarmThroughput", true, now => SettingUpdates.Reaches(now.Warm, warm), new() { WarmThroughput = SettingUpdates.ToWarm(warm) }, $"--warm-throughput {SettingUpdates.WarmText(warm)}");
        }

        foreach (IndexSettings index in _wanted.GlobalIndexes.Where(i => i.Warm is not null))
        {
            AddOnTable(
                $"WarmThroughput {index.Name}",
                true,
                now => SettingUpdates.Reaches(now.GlobalIndexes.FirstOrDefault(i => i.Name == index.Name)?.Warm, index.Warm!),
                SettingUpdates.WarmIndex(index),
                SettingUpdates.WarmIndexArguments(index));
        }
    }

    private void AddOnTable(string name, bool isWanted, Func<TableSettings, bool> isMet, UpdateTableRequest request, string arguments)
    {
        if (isWanted)
        {
            request.TableName = Name;
            Add(
                name,
                async ct => await ReadAsync(ct).ConfigureAwait(false) is { } now && isMet(now),
                ct => _control.UpdateTableAsync(request, ct),
                $"update-table --table-name {Name} {arguments}");
        }
    }

    private void AddOnly(string name, Func<TableSettings, bool> isMet, string command) => _all.Add(new TableSetting(
        name, async ct => await ReadAsync(ct).ConfigureAwait(false) is { } now && isMet(now), null, _control.Place.Cli(command)));

    private void Add(string name, Func<CancellationToken, Task<bool>> isMet, Func<CancellationToken, Task> apply, string command) =>
        _all.Add(new TableSetting(name, isMet, apply, _control.Place.Cli(command)));

    private async Task<TableSettings?> ReadAsync(CancellationToken cancellation) =>
        await _control.DescribeTableAsync(Name, cancellation).ConfigureAwait(false) is { } table ? DescriptionReader.Read(table) : null;

    /// <summary>Of the indexes that are there; those that are not are settings of their own.</summary>
    private static bool SameCapacity(IReadOnlyList<IndexSettings> now, IReadOnlyList<IndexSettings> wanted) =>
        now.All(n => wanted.FirstOrDefault(w => w.Name == n.Name) is not { } w || (w.Provisioned == n.Provisioned && w.OnDemand == n.OnDemand));

    private static bool IsSameJson(string? a, string b) => a is not null && (a == b || Minify(a) == Minify(b));

    private static string Minify(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
