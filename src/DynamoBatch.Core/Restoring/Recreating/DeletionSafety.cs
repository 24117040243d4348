using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Nothing is deleted but with the content wanted and the table's last state both safe. Looks anew before each deletion.</summary>
internal sealed class DeletionSafety
{
    /// <summary>How the subjects of backups of the last state begin.</summary>
    public const string Subject = "live";
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly RecreateOptions _options;
    private readonly TableSettings _settings;
    private readonly string _backupArn;
    private bool _isLastStateKept;

    public DeletionSafety(TableControl control, RestoreJournal journal, RecreateOptions options, TableSettings settings, string backupArn)
    {
        _control = control;
        _journal = journal;
        _options = options;
        _settings = settings;
        _backupArn = backupArn;
    }

    /// <summary>Returns when both are safe.</summary>
    /// <exception cref="RestoreException">They are not; the table stands.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        BackupDescription? backup = await _control.DescribeBackupAsync(_backupArn, cancellation).ConfigureAwait(false);
        if (backup?.BackupDetails.BackupStatus != BackupStatus.AVAILABLE)
        {
            throw new RestoreException(RestoreProblem.BackupNotUsable, $"Backup '{_backupArn}' is {backup?.BackupDetails.BackupStatus.Value ?? "gone"}, so table '{_options.TableName}' is not deleted. Run the same command again; where the backup was named by -BackupArn, name another.");
        }

        PointInTimeRecoveryDescription? recovery = await new SettingsReader(_control.Settings).ReadRecoveryAsync(_options.TableName, cancellation).ConfigureAwait(false);
        if (recovery?.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED || _isLastStateKept)
        {
            return;
        }

        if (!_options.Force)
        {
            throw new RestoreException(
                RestoreProblem.TableNotSuitable, $"Point-in-time recovery of table '{_options.TableName}' was turned off meanwhile, so its deletion would leave no backup of its last state. Turn it on, or stop all writers and say -Force. The table is untouched.");
        }

        // One that an earlier run took may be older than the last writes.
        string subject = FormattableString.Invariant($"{Subject} {_journal.Records.Count(r => r.Step is RestoreStep.BackupRequested && r.Subject.StartsWith(Subject, StringComparison.Ordinal)) + 1}");
        var request = new BackupRequest(subject, _options.TableName, _options.TableName)
        {
            TableId = _settings.TableId,
            UnchangedSince = _control.Clock.GetUtcNow(),
            Progress = (elapsed, state) => _options.Progress("LiveBackup", FormattableString.Invariant($"the backup is {state}, {elapsed.TotalSeconds:0} s")),
        };
        await new BackupTaker(_control, _options.BackupMargin, _options.Log).EnsureAsync(_journal, request, cancellation).ConfigureAwait(false);
        _isLastStateKept = true;
    }
}
