using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>
/// The tables that a restore reads from and drops. Their names are in the journal before they are asked for, so that after a kill or a
/// lost answer they are found again; a table of such a name is taken for ours only if it tells that it is restored from the same source.
/// </summary>
internal sealed class ScratchTables
{
    private const int LongestName = 255; // CreateTable: TableName
    private readonly TableControl _control;
    private readonly Action<string> _log;

    public ScratchTables(TableControl control, Action<string> log)
    {
        _control = control;
        _log = log;
    }

    /// <summary>The scratch table, active; restored where it is not there yet.</summary>
    /// <exception cref="RestoreException">ScratchTableExists or StepFailed.</exception>
    public async Task<TableDescription> EnsureAsync(RestoreJournal journal, ScratchRequest request, CancellationToken cancellation)
    {
        string? known = NameOf(journal, request.Subject);
        string name = known ?? await ChooseNameAsync(request, cancellation).ConfigureAwait(false);
        long start = _control.Clock.GetTimestamp();
        bool asked = false;
        for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
        {
            TableDescription? table = await _control.DescribeTableAsync(name, cancellation).ConfigureAwait(false);
            if (table is null)
            {
                asked |= await RequestAsync(journal, request, name, asked, cancellation).ConfigureAwait(false);
            }
            else if (table.TableStatus != TableStatus.DELETING)
            {
                if (table.TableId is null || table.TableId != journal.Find(RestoreStep.ScratchReady, request.Subject)?.Fact("TableId"))
                {
                    RequireOurs(table, request.Source);
                }

                if (table.TableStatus == TableStatus.ACTIVE)
                {
                    return Ready(journal, request, table);
                }

                if (table.TableStatus != TableStatus.CREATING && table.TableStatus != TableStatus.UPDATING)
                {
                    throw new RestoreException(
                        RestoreProblem.StepFailed, $"Scratch table '{name}' is {table.TableStatus} and does not become ACTIVE. The live table is untouched. Delete it ({DeleteCommand(name)}), and run the same command again.");
                }
            }

            request.Progress?.Invoke(_control.Clock.GetElapsedTime(start), table?.TableStatus.Value ?? "REQUESTED");
            await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The scratch table that the journal knows and that is not dropped; null where there is none.</summary>
    public static string? NameOf(RestoreJournal journal, string subject)
    {
        // The later of the two: a name that the user chose is asked for again after it was dropped.
        JournalRecord? last = journal.Records.LastOrDefault(r => r.Subject == subject && (r.Step is RestoreStep.ScratchRequested or RestoreStep.ScratchDropped));
        return last?.Step is RestoreStep.ScratchRequested ? last.Fact("Name") : null;
    }

    /// <summary>Deletes the scratch table that the journal says is ours, and waits until it is gone.</summary>
    /// <returns>What is left to do where that failed; null where the table is gone. Throws nothing but a cancellation.</returns>
    public async Task<string?> DropAsync(RestoreJournal journal, string subject, CancellationToken cancellation)
    {
        if (NameOf(journal, subject) is not { } name)
        {
            return null;
        }

        try
        {
            string? id = journal.Records.LastOrDefault(r => r.Subject == subject && (r.Step is RestoreStep.ScratchRequested or RestoreStep.ScratchReady))?.Fact("TableId");
            for (TimeSpan poll = _control.Pace.FirstPoll; ; poll = _control.Pace.After(poll))
            {
                TableDescription? table = await _control.DescribeTableAsync(name, cancellation).ConfigureAwait(false);
                if (table is null)
                {
                    journal.Write(RestoreStep.ScratchDropped, subject, ("Name", name));
                    return null;
                }

                if (table.TableStatus == TableStatus.ACTIVE)
                {
                    // Its id tells; before it was known, where it comes from.
                    if (id is not null ? table.TableId != id : !IsOurs(table, journal.Find(RestoreStep.ScratchRequested, subject)!))
                    {
                        return $"Table '{name}' is no longer the scratch table of this restore, so it was left alone.";
                    }

                    await DeleteAsync(name, cancellation).ConfigureAwait(false);
                }

                await _control.Clock.Delay(poll, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is ControlException or DdbException or RestoreException)
        {
            return $"Scratch table '{name}' could not be deleted, and costs storage while it is there. {fault.Message} Delete it: {DeleteCommand(name)}.";
        }
    }

    /// <summary>How a user deletes a table.</summary>
    public string DeleteCommand(string name) => $"Remove-DDBTable -TableName {name}, or '{_control.Place.Cli($"delete-table --table-name {name}")}'";

    private async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await _control.DeleteTableAsync(name, cancellation).ConfigureAwait(false);
        }
        catch (ControlException fault) when (fault.IsAmbiguous || fault.Is(ControlCodes.ResourceInUse, ControlCodes.ResourceNotFound))
        {
            // The next look tells.
        }
    }

    /// <summary>Asks for the restore. Whether it was surely or perhaps begun.</summary>
    private async Task<bool> RequestAsync(RestoreJournal journal, ScratchRequest request, string name, bool asked, CancellationToken cancellation)
    {
        if (!asked)
        {
            journal.Write(
                RestoreStep.ScratchRequested,
                request.Subject,
                ("Name", name),
                ("SourceTableArn", request.Source.SourceTableArn),
                ("PointInTime", request.Source.Time is { } time ? RestoreIdentity.Text(time) : null),
                ("BackupArn", request.Source.BackupArn));
            _log($"Restoring {request.Source.Text} to scratch table '{name}'.");
        }

        RestoreTarget target = RestoreTarget.Scratch(name, request.WithIndexes);
        try
        {
            _ = request.Source.BackupArn is { } arn
                ? await _control.RestoreFromBackupAsync(arn, target, cancellation).ConfigureAwait(false)
                : await _control.RestoreToPointInTimeAsync(request.Source.SourceTableArn, request.Source.Time, target, cancellation).ConfigureAwait(false);
        }
        catch (ControlException fault) when (fault.IsAmbiguous || fault.Is(
            ControlCodes.TableAlreadyExists, ControlCodes.TableInUse, ControlCodes.ResourceInUse, ControlCodes.BackupInUse))
        {
            // The next look tells whether it is there, and whose it is.
        }
        catch (ControlException fault)
        {
            throw new RestoreException(RestoreProblem.StepFailed, $"Scratch table '{name}' could not be restored; the live table is untouched. {fault.Message}", fault);
        }

        return true;
    }

    private TableDescription Ready(RestoreJournal journal, ScratchRequest request, TableDescription table)
    {
        if (journal.Find(RestoreStep.ScratchReady, request.Subject)?.Fact("TableId") != table.TableId)
        {
            journal.Write(RestoreStep.ScratchReady, request.Subject, ("Name", table.TableName), ("TableId", table.TableId), ("Arn", table.TableArn));
            _log($"Scratch table '{table.TableName}' is active.");
        }

        return table;
    }

    private async Task<string> ChooseNameAsync(ScratchRequest request, CancellationToken cancellation)
    {
        if (request.Name is { } chosen)
        {
            return await _control.DescribeTableAsync(chosen, cancellation).ConfigureAwait(false) is null
                ? chosen
                : throw new RestoreException(
                    RestoreProblem.ScratchTableExists,
                    $"Table '{chosen}' is there already, and is not a scratch table of this restore. Choose another -ScratchTableName, or leave it out. To take the content of an existing table, use -SourceTableName.");
        }

        // The subject too, for a restore may ask for several at once.
        string suffix = $"-ddbrestore-{_control.Clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-{request.Subject}";
        for (int n = 1; ; n++)
        {
            string end = n == 1 ? suffix : FormattableString.Invariant($"{suffix}-{n}");
            int kept = LongestName - end.Length;
            string name = (request.TableName.Length > kept ? request.TableName.Remove(kept) : request.TableName) + end;
            if (await _control.DescribeTableAsync(name, cancellation).ConfigureAwait(false) is null)
            {
                return name;
            }
        }
    }

    private void RequireOurs(TableDescription table, RestoreSource source)
    {
        if (!IsOurs(table.RestoreSummary, source.SourceTableArn, source.Time, source.BackupArn))
        {
            RestoreSummary? summary = table.RestoreSummary;
            string whose = summary is null
                ? "it was not restored from anything"
                : $"it was restored from {summary.SourceBackupArn ?? summary.SourceTableArn} as of {(Instants.Of(summary.RestoreDateTime) is { } time ? RestoreIdentity.Text(time) : "an unknown time")}";
            throw new RestoreException(
                RestoreProblem.ScratchTableExists,
                $"Table '{table.TableName}' has the scratch table's name, but is not this restore's: {whose}. It is left alone, and the live table is untouched. Delete that table if it is not needed ({DeleteCommand(table.TableName)}), or choose another -ScratchTableName and -JournalPath.");
        }
    }

    private static bool IsOurs(TableDescription table, JournalRecord requested) =>
        IsOurs(table.RestoreSummary, requested.Fact("SourceTableArn"), Instants.Parse(requested.Fact("PointInTime")), requested.Fact("BackupArn"));

    private static bool IsOurs(RestoreSummary? summary, string? sourceArn, DateTimeOffset? time, string? backupArn) => summary is not null && (backupArn is not null
        ? summary.SourceBackupArn == backupArn
        : summary.SourceTableArn == sourceArn && time is { } wanted && Instants.Of(summary.RestoreDateTime) is { } restored && Instants.AreSame(wanted, restored));
}
