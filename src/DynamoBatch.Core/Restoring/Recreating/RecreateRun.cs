using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>
/// Replaces a table by a restored one of its name. <see cref="PrepareAsync"/> does nothing to the table; the caller asks the user;
/// <see cref="RecreateAsync"/> deletes and restores it. Both go by the journal and by what is there, so a run after a kill goes on. At every
/// moment there is the table, or an available backup of the content wanted and, in every message, the command that restores it.
/// </summary>
internal sealed class RecreateRun
{
    /// <summary>The subject of the scratch table and of the backup that hold the content wanted.</summary>
    public const string Content = "content";
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly RecreateOptions _options;
    private readonly RecreatePlanner _planner;
    private readonly Phases _phases;
    private BackupDescription? _backup;

    public RecreateRun(TableControl control, RestoreJournal journal, RecreateOptions options)
    {
        _control = control;
        _journal = journal;
        _options = options;
        _planner = new RecreatePlanner(control, options);
        _phases = new Phases(journal, control.Clock);
    }

    /// <summary>Checks everything, records the settings, and makes the backup of the content wanted. The table is not touched.</summary>
    /// <exception cref="RestoreException">It cannot be done; the table is untouched, or the message says how it comes back.</exception>
    /// <exception cref="DdbException">TableNotFound, AccessDenied, CredentialsInvalid or EndpointUnreachable.</exception>
    public async Task<RecreatePlan> PrepareAsync(CancellationToken cancellation)
    {
        if (_journal.Has(RestoreStep.DeletionRequested) || _journal.Has(RestoreStep.Deleted))
        {
            return await ResumeAsync(cancellation).ConfigureAwait(false);
        }

        try
        {
            RestoreSource? known = SourceRecord.Recall(_journal, Content);
            RecreatePlan plan = await _phases.MeasureAsync("Plan", () => _planner.PlanAsync(known, _journal.Find(RestoreStep.SettingsRecorded)?.Fact("TableId"), cancellation)).ConfigureAwait(false);
            if (known is null)
            {
                SourceRecord.Write(_journal, Content, plan.Source);
            }

            plan = plan with { Settings = Record(plan.Settings) };
            (string Table, DateTimeOffset Since) from = (plan.Source.TableName ?? string.Empty, _control.Clock.GetUtcNow());
            if (plan.Source.Time is not null && !await IsBackedUpAsync(cancellation).ConfigureAwait(false))
            {
                TableDescription table = await _phases.MeasureAsync("Scratch", () => EnsureScratchAsync(plan, cancellation)).ConfigureAwait(false);
                KeySchemas.RequireSame(await RequireLiveAsync(plan.Settings, cancellation).ConfigureAwait(false), table);
                from = (table.TableName, _journal.Find(RestoreStep.ScratchReady, Content)!.At);
            }

            _backup = plan.Source.BackupArn is { } arn
                ? await AdoptAsync(arn, cancellation).ConfigureAwait(false)
                : await _phases.MeasureAsync("Backup", () => BackUpAsync(plan, from.Table, from.Since, cancellation)).ConfigureAwait(false);
            RestoreTargets.RequireLocalIndexes(plan.Settings, _backup);
            return _planner.With(plan, _backup) with { ScratchTableName = ScratchTables.NameOf(_journal, Content) };
        }
        catch (Exception fault) when (fault is DdbException { Kind: FailureKind.TableNotFound } or RestoreException { Problem: RestoreProblem.TableReplaced }
            && BackupArn is not null)
        {
            throw new RestoreException(RestoreProblem.TableReplaced, $"{fault.Message} This restore did not delete the table of before. {Known(BackupArn!)}", fault);
        }
        catch (ControlException fault)
        {
            throw new RestoreException(RestoreProblem.StepFailed, $"{fault.Message} Nothing was done to table '{_options.TableName}'. Run the same command again: it goes on.", fault);
        }
    }

    /// <summary>Deletes the table, restores it, brings its settings back. Once the deletion is asked for, a cancellation only ends the waiting.</summary>
    /// <param name="plan">What <see cref="PrepareAsync"/> gave.</param>
    /// <param name="cancellation">Ends the run before the deletion, the waiting after it.</param>
    /// <exception cref="RestoreException">Says what stands, where the content is, and the command that restores it.</exception>
    public async Task<RecreateResult> RecreateAsync(RecreatePlan plan, CancellationToken cancellation)
    {
        BackupDescription backup = _backup ?? throw new InvalidOperationException("PrepareAsync comes first.");
        var rescue = new Rescue(_control.Place, plan.Settings, backup, _journal.Path);
        TableSettings settings = plan.Settings;
        try
        {
            if (!plan.IsDeletionRequested)
            {
                cancellation.ThrowIfCancellationRequested();
                _journal.Write(RestoreStep.Confirmed);
                settings = await RefreshAsync(plan.Settings, backup, cancellation).ConfigureAwait(false);
            }

            var replacement = new TableReplacement(_control, _journal, _options, settings, backup);
            try
            {
                await _phases.MeasureAsync("Delete", async () => { await replacement.DeleteAsync(cancellation).ConfigureAwait(false); return true; }).ConfigureAwait(false);
                await _phases.MeasureAsync("Restore", () => replacement.RestoreAsync(cancellation)).ConfigureAwait(false);
            }
            catch (Exception fault) when (_journal.Has(RestoreStep.ProtectionLifted) || _journal.Has(RestoreStep.DeletionRequested) || _journal.Has(RestoreStep.Deleted))
            {
                string state = await replacement.SettleAsync().ConfigureAwait(false);
                throw Wrap(fault, $"{state} {rescue.Text}");
            }

            return await new RecreateFinish(_control, _journal, _options, settings, backup).RunAsync(plan, _phases, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsBegun && !fault.Message.Contains(rescue.Command))
        {
            throw Wrap(fault, _journal.Has(RestoreStep.Restored) ? $"Table '{_options.TableName}' is restored and active; what is left are its settings. {rescue.Text}" : rescue.Text);
        }
        catch (ControlException fault)
        {
            throw new RestoreException(RestoreProblem.StepFailed, $"{fault.Message} Nothing was done to table '{_options.TableName}'. Run the same command again: it goes on.", fault);
        }
    }

    /// <summary>The backup of the content wanted, as the journal knows it.</summary>
    private string? BackupArn => _journal.Find(RestoreStep.BackupReady, Content)?.Fact("BackupArn");

    private bool IsBegun => _journal.Has(RestoreStep.DeletionRequested) || _journal.Has(RestoreStep.Deleted);

    /// <summary>An earlier run asked for the deletion: the journal knows all that is needed, and the table may be gone.</summary>
    private async Task<RecreatePlan> ResumeAsync(CancellationToken cancellation)
    {
        TableSettings settings = TableSettings.FromJson(_journal.Find(RestoreStep.SettingsRecorded)!.Fact("Settings")!);
        string arn = BackupArn!;
        try
        {
            _backup = await _control.DescribeBackupAsync(arn, cancellation).ConfigureAwait(false) ?? throw new RestoreException(
                RestoreProblem.BackupNotUsable,
                $"Backup '{arn}', from which table '{settings.TableName}' was to come back, is gone. {LostBackupHelp(settings)}");
            TableDescription? table = await _control.DescribeTableAsync(settings.TableName, cancellation).ConfigureAwait(false);
            var plan = new RecreatePlan
            {
                Settings = settings,
                Source = SourceRecord.Recall(_journal, Content)!,
                LastState = RecreatePlanner.LastState(settings),
                IsDeletionRequested = true,
                IsDeleted = table?.TableId != settings.TableId,
                ScratchTableName = ScratchTables.NameOf(_journal, Content),
            };
            return _planner.With(plan, _backup);
        }
        catch (Exception fault) when (fault is ControlException or DdbException or OperationCanceledException)
        {
            throw Wrap(fault, $"An earlier run asked for the deletion of table '{settings.TableName}'. {Known(arn)}");
        }
    }

    private async Task<bool> IsBackedUpAsync(CancellationToken cancellation) => BackupArn is { } arn
        && (await _control.DescribeBackupAsync(arn, cancellation).ConfigureAwait(false))?.BackupDetails.BackupStatus == BackupStatus.AVAILABLE;

    /// <summary>What brings the table back, where no more than the journal can be asked.</summary>
    private string Known(string arn) =>
        $"The content wanted is in backup '{arn}'. Run the same command again with -JournalPath '{_journal.Path}'. By hand, the table comes back with: " +
        _control.Place.Cli($"restore-table-from-backup --target-table-name {_options.TableName} --backup-arn {arn}") + " ; its settings, capacity too, are in that journal.";

    private string LostBackupHelp(TableSettings settings)
    {
        string scratch = ScratchTables.NameOf(_journal, Content) is { } name ? $"The scratch table '{name}' has the same content: back it up. " : string.Empty;
        return $"{scratch}The last state of the table is among: {_control.Place.Cli($"list-backups --table-name {settings.TableName} --backup-type ALL")}";
    }

    /// <summary>The settings are in the journal before anything else is done. Protection that an earlier run lifted was there.</summary>
    private TableSettings Record(TableSettings read)
    {
        JournalRecord? recorded = _journal.Find(RestoreStep.SettingsRecorded);
        TableSettings? known = recorded is null ? null : TableSettings.FromJson(recorded.Fact("Settings")!);
        TableSettings settings = known?.DeletionProtection == true && _journal.Has(RestoreStep.ProtectionLifted) ? read with { DeletionProtection = true } : read;
        string json = settings.ToJson();
        if (recorded?.Fact("Settings") != json)
        {
            _journal.Write(RestoreStep.SettingsRecorded, string.Empty, ("TableId", settings.TableId), ("Arn", settings.TableArn), ("Settings", json));
        }

        return settings;
    }

    /// <summary>Hours may have passed since the settings were read.</summary>
    private async Task<TableSettings> RefreshAsync(TableSettings recorded, BackupDescription backup, CancellationToken cancellation)
    {
        TableDescription live = await RequireLiveAsync(recorded, cancellation).ConfigureAwait(false);
        TableSettings settings = Record(await new SettingsReader(_control.Settings).ReadAsync(live, _options.Force, cancellation).ConfigureAwait(false));
        RestoreTargets.RequireLocalIndexes(settings, backup);
        return settings;
    }

    private async Task<TableDescription> RequireLiveAsync(TableSettings settings, CancellationToken cancellation)
    {
        TableDescription? live = await _control.WaitAsync(
            settings.TableName, t => t?.TableStatus != TableStatus.UPDATING, (_, _) => _options.Progress("Plan", "the table is UPDATING"), cancellation).ConfigureAwait(false);
        return live is not null && live.TableId == settings.TableId
            ? live
            : throw new RestoreException(
                RestoreProblem.TableReplaced,
                $"Table '{settings.TableName}' was {(live is null ? "deleted" : $"replaced (its id is now {live.TableId}, it was {settings.TableId})")} by somebody else meanwhile. This restore has not touched it. " +
                (_backup is null ? string.Empty : new Rescue(_control.Place, settings, _backup, _journal.Path).Text));
    }

    private Task<TableDescription> EnsureScratchAsync(RecreatePlan plan, CancellationToken cancellation)
    {
        var request = new ScratchRequest(Content, _options.TableName, plan.Source)
        {
            Name = _options.ScratchTableName,
            WithIndexes = true,
            Progress = (elapsed, state) => _options.Progress("Scratch", FormattableString.Invariant($"the scratch table is {state}, {elapsed.TotalSeconds:0} s")),
        };
        return new ScratchTables(_control, _options.Log).EnsureAsync(_journal, request, cancellation);
    }

    private Task<BackupDescription> BackUpAsync(RecreatePlan plan, string table, DateTimeOffset since, CancellationToken cancellation)
    {
        var request = new BackupRequest(Content, table, _options.TableName)
        {
            UnchangedSince = since,
            Progress = (elapsed, state) => _options.Progress("Backup", FormattableString.Invariant($"the backup is {state}, {elapsed.TotalSeconds:0} s")),
        };
        return new BackupTaker(_control, _options.BackupMargin, _options.Log).EnsureAsync(_journal, request, cancellation);
    }

    /// <summary>A backup of the user's serves as it is.</summary>
    private async Task<BackupDescription> AdoptAsync(string arn, CancellationToken cancellation)
    {
        BackupDescription? backup = await _control.DescribeBackupAsync(arn, cancellation).ConfigureAwait(false);
        if (backup?.BackupDetails.BackupStatus != BackupStatus.AVAILABLE)
        {
            throw new RestoreException(RestoreProblem.BackupNotUsable, $"Backup '{arn}' is {backup?.BackupDetails.BackupStatus.Value ?? "gone"}. Nothing was done to table '{_options.TableName}'.");
        }

        if (BackupArn != arn)
        {
            _journal.Write(RestoreStep.BackupReady, Content, ("BackupArn", arn));
        }

        return backup;
    }

    private static RestoreException Wrap(Exception fault, string rest)
    {
        string message = fault is OperationCanceledException ? "The run was stopped, and no longer waits." : fault.Message;
        return new RestoreException((fault as RestoreException)?.Problem ?? RestoreProblem.StepFailed, $"{message} {rest}", fault);
    }
}
