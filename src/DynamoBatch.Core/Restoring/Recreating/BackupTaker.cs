using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Restoring.Control;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>Takes backups, each under a name of its own that is in the journal before it is asked for, so that one whose answer was lost is found again.</summary>
internal sealed class BackupTaker
{
    private const int LongestName = 255; // CreateBackup: BackupName
    private readonly TableControl _control;
    private readonly TimeSpan _margin;
    private readonly Action<string> _log;

    public BackupTaker(TableControl control, TimeSpan margin, Action<string> log)
    {
        _control = control;
        _margin = margin;
        _log = log;
    }

    /// <summary>The backup, available; taken where it is not there yet.</summary>
    /// <exception cref="RestoreException">StepFailed.</exception>
    public async Task<BackupDescription> EnsureAsync(RestoreJournal journal, BackupRequest request, CancellationToken cancellation)
    {
        if (journal.Find(RestoreStep.BackupReady, request.Subject)?.Fact("BackupArn") is { } known
            && await _control.DescribeBackupAsync(known, cancellation).ConfigureAwait(false) is { } there
            && there.BackupDetails.BackupStatus == BackupStatus.AVAILABLE)
        {
            return there;
        }

        JournalRecord? requested = journal.Find(RestoreStep.BackupRequested, request.Subject);
        string? arn = null;
        string name;
        if (requested?.Fact("Name") is { } old && requested.Fact("TableName") == request.TableName)
        {
            name = old;
            arn = await FindAsync(request, name, cancellation).ConfigureAwait(false);
        }
        else
        {
            name = ChooseName(request.Name);
        }

        if (arn is null)
        {
            await WaitOutMarginAsync(request, cancellation).ConfigureAwait(false);
            journal.Write(RestoreStep.BackupRequested, request.Subject, ("Name", name), ("TableName", request.TableName));
            _log($"Taking backup '{name}' of table '{request.TableName}'.");
        }

        BackupDescription backup = await WaitAsync(request, name, arn, cancellation).ConfigureAwait(false);
        journal.Write(RestoreStep.BackupReady, request.Subject, ("Name", name), ("BackupArn", backup.BackupDetails.BackupArn));
        _log($"Backup '{backup.BackupDetails.BackupArn}' is available.");
        return backup;
    }

    private async Task<BackupDescription> WaitAsync(BackupRequest request, string name, string? arn, CancellationToken cancellation)
    {
        long start = _control.Clock.GetTimestamp();
        bool asked = false;
        for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
        {
            string state = "REQUESTED";
            arn ??= await RequestAsync(request, name, asked, _control.Clock.GetElapsedTime(start), cancellation).ConfigureAwait(false);
            asked = true;
            if (arn is not null)
            {
                BackupDescription? backup = await _control.DescribeBackupAsync(arn, cancellation).ConfigureAwait(false);
                if (backup?.BackupDetails.BackupStatus == BackupStatus.AVAILABLE)
                {
                    return backup;
                }

                if (backup is null && _control.Clock.GetElapsedTime(start) > _control.Pace.Settling)
                {
                    throw new RestoreException(RestoreProblem.StepFailed, $"Backup '{arn}' of table '{request.TableName}' was taken, but is no longer there. The live table is untouched. Run the same command again: it takes another.");
                }

                state = backup?.BackupDetails.BackupStatus.Value ?? state;
            }

            request.Progress?.Invoke(_control.Clock.GetElapsedTime(start), state);
            await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the backup; null where the table is not ready for one yet, or the answer was lost and it is not listed yet.</summary>
    private async Task<string?> RequestAsync(BackupRequest request, string name, bool asked, TimeSpan elapsed, CancellationToken cancellation)
    {
        try
        {
            // What an earlier try has left.
            if (asked && await FindAsync(request, name, cancellation).ConfigureAwait(false) is { } arn)
            {
                return arn;
            }

            return (await _control.CreateBackupAsync(request.TableName, name, cancellation).ConfigureAwait(false)).BackupArn;
        }
        catch (ControlException fault) when (elapsed < _control.Pace.Settling && (fault.IsAmbiguous || fault.Is(
            ControlCodes.TableInUse, ControlCodes.BackupInUse, ControlCodes.ResourceInUse, ControlCodes.ContinuousBackupsUnavailable)))
        {
            return null;
        }
        catch (ControlException fault)
        {
            throw new RestoreException(RestoreProblem.StepFailed, $"Table '{request.TableName}' could not be backed up, so nothing was done to the live table. {fault.Message} Mend that, and run the same command again: it goes on.", fault);
        }
    }

    private async Task<string?> FindAsync(BackupRequest request, string name, CancellationToken cancellation) =>
        (await _control.ListBackupsAsync(request.TableName, BackupTypeFilter.USER, cancellation).ConfigureAwait(false))
        .FirstOrDefault(b => b.BackupName == name && b.BackupStatus != BackupStatus.DELETED && (request.TableId is null || b.TableId == request.TableId))
        ?.BackupArn;

    private async Task WaitOutMarginAsync(BackupRequest request, CancellationToken cancellation)
    {
        TimeSpan left = request.UnchangedSince + _margin - _control.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            _log($"Waiting {left.TotalSeconds:0} s before table '{request.TableName}' is backed up: a backup may lack what was written in the minute before it.");
            await _control.Clock.Delay(left, cancellation).ConfigureAwait(false);
        }
    }

    private string ChooseName(string begin)
    {
        string end = $"-ddbrestore-{_control.Clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N").Remove(8)}";
        int kept = LongestName - end.Length;
        return (begin.Length > kept ? begin.Remove(kept) : begin) + end;
    }
}
