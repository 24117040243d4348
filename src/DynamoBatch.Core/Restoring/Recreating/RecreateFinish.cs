using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What is left when the table is active again: its settings, the check, the scratch table, the account of it all.</summary>
internal sealed class RecreateFinish
{
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly RecreateOptions _options;
    private readonly TableSettings _settings;
    private readonly BackupDescription _backup;
    private readonly List<string> _notes = [];

    public RecreateFinish(TableControl control, RestoreJournal journal, RecreateOptions options, TableSettings settings, BackupDescription backup)
    {
        _control = control;
        _journal = journal;
        _options = options;
        _settings = settings;
        _backup = backup;
    }

    public async Task<RecreateResult> RunAsync(RecreatePlan plan, Phases phases, CancellationToken cancellation)
    {
        IReadOnlyList<TableSetting> settings = SettingList.For(_control, _settings);
        var applier = new SettingsApplier(_control, _journal, _options);
        IReadOnlyList<FailedSetting> failed = await phases.MeasureAsync("Settings", async () =>
        {
            await applier.ApplyAsync(settings, cancellation).ConfigureAwait(false);
            return await applier.VerifyAsync(settings, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        TableDescription? table = await _control.DescribeTableAsync(_options.TableName, cancellation).ConfigureAwait(false);
        string? lastState = await FindLastStateAsync(cancellation).ConfigureAwait(false);
        _notes.AddRange(plan.NotCarriedOver);
        CompareCounts(table);
        _journal.Write(RestoreStep.Verified);
        string? scratch = await phases.MeasureAsync("Drop", () => EndScratchAsync(cancellation)).ConfigureAwait(false);
        if (failed.Count == 0)
        {
            _journal.Write(RestoreStep.Completed);
        }

        DateTimeOffset end = _journal.Find(RestoreStep.Restored)!.At;
        DateTimeOffset begin = (_journal.Find(RestoreStep.DeletionRequested) ?? _journal.Find(RestoreStep.Deleted))!.At;
        return new RecreateResult
        {
            TableName = _options.TableName,
            TableId = table?.TableId,
            Outage = end - begin,
            StreamArn = table?.StreamSpecification?.StreamEnabled == true ? table.LatestStreamArn : null,
            OldStreamArn = _settings.StreamArn,
            ContentBackupArn = _backup.BackupDetails.BackupArn,
            LastStateBackupArn = lastState,
            Items = _backup.SourceTableDetails?.ItemCount,
            CarriedOver = settings.Select(s => s.Name).Where(n => failed.All(f => f.Name != n)).ToArray(),
            Failed = failed,
            Notes = _notes,
            ScratchTableName = scratch,
            Phases = phases.ToList(),
        };
    }

    /// <summary>The backup of the table as it was before its deletion: one taken for that, or DynamoDB's own.</summary>
    private async Task<string?> FindLastStateAsync(CancellationToken cancellation)
    {
        JournalRecord? taken = _journal.Records.LastOrDefault(r => r.Step is RestoreStep.BackupReady && r.Subject.StartsWith(DeletionSafety.Subject, StringComparison.Ordinal));
        if (taken is not null && !_settings.PointInTimeRecovery)
        {
            return taken.Fact("BackupArn");
        }

        string list = _control.Place.Cli($"list-backups --table-name {_options.TableName} --backup-type SYSTEM");
        try
        {
            IReadOnlyList<BackupSummary> backups = await _control.ListBackupsAsync(_options.TableName, BackupTypeFilter.SYSTEM, cancellation).ConfigureAwait(false);
            if (backups.FirstOrDefault(b => b.TableId == _settings.TableId) is { } own)
            {
                return own.BackupArn;
            }

            _notes.Add($"DynamoDB's own backup of the table's last state is not listed yet. Look later: {list}");
        }
        catch (Exception fault) when (fault is ControlException or DdbException { Kind: FailureKind.AccessDenied })
        {
            _notes.Add($"DynamoDB's own backup of the table's last state could not be looked up. {fault.Message} It is among: {list}");
        }

        return taken?.Fact("BackupArn");
    }

    private void CompareCounts(TableDescription? table)
    {
        // Both counts are some hours old at times, so a difference is worth a look and no more.
        if (_backup.SourceTableDetails?.ItemCount is { } wanted and > 0 && table?.ItemCount is { } now and > 0 && now != wanted)
        {
            _notes.Add(FormattableString.Invariant($"The backup tells {wanted} items, the table {now}. Both are counted every six hours or so, and writers may be at work."));
        }
    }

    /// <summary>The scratch table's name where it is still there.</summary>
    private async Task<string?> EndScratchAsync(CancellationToken cancellation)
    {
        string? name = ScratchTables.NameOf(_journal, RecreateRun.Content);
        if (name is null || _options.KeepScratch)
        {
            return name;
        }

        if (await new ScratchTables(_control, _options.Log).DropAsync(_journal, RecreateRun.Content, cancellation).ConfigureAwait(false) is { } problem)
        {
            _notes.Add(problem);
            return name;
        }

        return null;
    }
}
