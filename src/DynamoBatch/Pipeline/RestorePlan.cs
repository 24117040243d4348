using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Commands;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Reconciling;
using DynamoBatch.Core.Tables;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>What a restore would need: -WhatIf. Makes no request that changes anything.</summary>
internal sealed class RestorePlan
{
    private readonly RestoreSession _session;
    private readonly RestoreDdbTableInPlaceCommand _command;
    private readonly LiveTable _live;
    private readonly RestoreIdentity _restore;

    public RestorePlan(RestoreSession session, LiveTable live, RestoreIdentity restore)
    {
        _session = session;
        _command = session.Command;
        _live = live;
        _restore = restore;
    }

    public void Show()
    {
        if (_session.TryWait("Looking at what is to be restored", c => _live.ResolveAsync(_session.Control, _restore, _command.Force, c), out (RestoreSource Wanted, RestoreSource? Damaged) source))
        {
            string from = source.Damaged is { } damaged ? $"Undo what happened from {RestoreIdentity.Text(source.Wanted.Time!.Value)} to {RestoreIdentity.Text(damaged.Time!.Value)}" : $"Restore {source.Wanted.Content}";
            _command.ShouldProcess($"Table '{_command.TableName}'", from);
            RestoreSummary summary = Summary(source.Wanted, source.Damaged);
            if (source.Wanted.TableName is null || Count(source.Wanted.TableName, summary))
            {
                _session.Complete();
                _command.WriteObject(summary);
            }
        }
    }

    /// <summary>Two tables that are there can be compared; that changes nothing. False where Ctrl+C came first.</summary>
    private bool Count(string sourceName, RestoreSummary summary)
    {
        if (!_session.TryWait("Looking at the table", c => _session.Connection.GetSchemaAsync(sourceName, _session.Crossing.Verbose, c), out TableSchema source)
            || !_session.TryWait("Looking at the table", TtlAsync, out string? ttl))
        {
            return false;
        }

        using var stager = new ChangeStager(null, ReconcileRun.Staging(_restore, ttl, _session.Control.Clock.GetUtcNow()));
        using TableComparison comparison = _session.Try(() => _session.Connection.CreateComparison(
            _session.Parameters.Side(source, true), _session.Parameters.Side(_live.Schema, true), _session.Engine.Compare(_session.Crossing.Signal)));
        if (!new DifferenceLoop(_session).Run(comparison, stager.Add, out _))
        {
            return false;
        }

        summary.Changes = stager.Counts.Changes;
        summary.Put = stager.Counts.Put;
        summary.Updated = stager.Counts.Update;
        summary.Deleted = stager.Counts.Delete;
        summary.Unchanged = comparison.Counts.Equal;
        summary.Expired = stager.Counts.Expired;
        summary.OutOfScope = stager.Counts.OutOfScope;
        summary.PlannedWriteUnits = stager.Counts.WriteUnits;
        return true;
    }

    private Task<string?> TtlAsync(CancellationToken cancellation) =>
        ReconcileRun.TtlAttributeAsync(_session.Connection, _restore, _session.Crossing.Warn, cancellation);

    private RestoreSummary Summary(RestoreSource source, RestoreSource? damaged)
    {
        bool threeWay = _restore.DamageEnd is not null;
        long scratch = source.TableName is not null ? 0 : threeWay ? 2 * source.Bytes : source.Bytes;

        // A scan takes one unit for 8 KB, a consistent one for 4 KB. (Developer guide: Read and write capacity.)
        long read = threeWay ? scratch / 8192 : (source.Bytes / (source.TableName is null ? 8192 : 4096)) + (_live.Bytes / 4096);
        return new RestoreSummary
        {
            TableName = _command.TableName,
            Method = _command.Method,
            Source = RestoreReport.SourceText(source, damaged),
            PointInTime = source.Time?.UtcDateTime,
            WhatIf = true,
            PlannedStorageBytes = scratch,
            PlannedReadUnits = read,
            Note = source.TableName is null
                ?
                [
                    "A restore to a scratch table takes AWS from some minutes to some hours, whatever the size of the table.",
                    "What would be changed is known when it has been compared: -PrepareOnly does that, and changes nothing in the table.",
                ]
                : [],
        };
    }
}
