using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Reconciling;

namespace DynamoBatch.Pipeline;

/// <summary>Finds the difference that is to be undone, or finds that an earlier run has filed it.</summary>
internal sealed class ReconcilePreparation
{
    private readonly RestoreSession _session;
    private readonly RestoreJournal _journal;
    private readonly ReconcileRun _run;

    public ReconcilePreparation(RestoreSession session, RestoreJournal journal, ReconcileRun run)
    {
        _session = session;
        _journal = journal;
        _run = run;
    }

    /// <summary>Restores what has to be, compares, files the differences, drops the scratch tables. False where Ctrl+C came first.</summary>
    public bool Run(LiveTable live, RestoreIdentity identity)
    {
        if (_run.Staged is not null)
        {
            return DropScratch();
        }

        return _session.TryWait("Looking at what is to be restored", c => ResolveAsync(live, identity, c), out (RestoreSource Wanted, RestoreSource? Damaged) source)
            && _session.TryWait("Restoring to a scratch table", c => _run.PrepareAsync(source.Wanted, source.Damaged, c), out (ComparisonSide Wanted, ComparisonSide Seen) sides)
            && _session.TryWait("Comparing", c => _run.CompareAsync(sides.Wanted, sides.Seen, _session.Crossing.Signal, c), out TableComparison comparison)
            && Compare(comparison)
            && DropScratch();
    }

    private async Task<(RestoreSource Wanted, RestoreSource? Damaged)> ResolveAsync(LiveTable live, RestoreIdentity identity, CancellationToken cancellation)
    {
        // A run that goes on takes what the first one found, whatever the latest time is by now.
        if (SourceRecord.Recall(_journal, ReconcileRun.Wanted) is { } known)
        {
            return (known, SourceRecord.Recall(_journal, ReconcileRun.Damaged));
        }

        (RestoreSource wanted, RestoreSource? damaged) = await live.ResolveAsync(_session.Control, identity, _session.Command.Force, cancellation).ConfigureAwait(false);
        if (damaged is not null)
        {
            SourceRecord.Write(_journal, ReconcileRun.Damaged, damaged);
        }

        SourceRecord.Write(_journal, ReconcileRun.Wanted, wanted);
        return (wanted, damaged);
    }

    private bool Compare(TableComparison comparison)
    {
        using (comparison)
        {
            if (!new DifferenceLoop(_session).Run(comparison, _run.Stage, out TimeSpan elapsed))
            {
                return false;
            }

            _session.Try(() => _run.CompleteStaging(comparison, elapsed));
            return true;
        }
    }

    private bool DropScratch()
    {
        if (!_session.TryWait("Dropping the scratch table", _run.DropScratchAsync, out IReadOnlyList<string> left))
        {
            return false;
        }

        foreach (string line in left)
        {
            _session.Command.WriteWarning(line);
        }

        return true;
    }
}
