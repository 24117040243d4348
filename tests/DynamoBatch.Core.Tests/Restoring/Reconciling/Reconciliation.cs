using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Restoring;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Restoring.Reconciling;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Tests.Restoring.Reconciling;

/// <summary>Runs a reconciliation from beginning to end, as the command does, and can be stopped at any time.</summary>
internal sealed class Reconciliation
{
    private readonly DdbConnection _connection;
    private readonly TableControl _control;
    private readonly string _journal;

    public Reconciliation(DdbConnection connection, TableControl control, string journal)
    {
        _connection = connection;
        _control = control;
        _journal = journal;
    }

    public List<ChangeFailure> Failures { get; } = [];

    public List<string> Warnings { get; } = [];

    public StagedCounts? Staged { get; private set; }

    public ChangeVerifier? Verified { get; private set; }

    public string Undo => RestoreFiles.Undo(_journal);

    /// <summary>By outcome, how many changes had it, in all runs.</summary>
    public Dictionary<ChangeOutcome, long> Outcomes { get; } = [];

    /// <summary>Runs it.</summary>
    /// <param name="identity">What is restored.</param>
    /// <param name="scope">Which pairs; all where null.</param>
    /// <param name="compared">Called when the difference is filed.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(RestoreIdentity identity, Func<ItemPair, bool>? scope = null, Func<Task>? compared = null, CancellationToken cancellation = default)
    {
        using RestoreJournal journal = RestoreJournal.Open(_journal, identity, _control.Clock);
        using var run = new ReconcileRun(_connection, _control, journal, Options(identity));
        await run.CheckTableAsync(cancellation);
        if (run.Staged is null)
        {
            LiveTable live = await LiveTable.FindAsync(_connection, _control, identity.Table, _ => { }, cancellation);
            (RestoreSource wanted, RestoreSource? damaged) = await live.ResolveAsync(_control, identity, force: false, cancellation);
            (ComparisonSide left, ComparisonSide right) = await run.PrepareAsync(wanted, damaged, cancellation);
            using TableComparison comparison = await run.CompareAsync(left, right, () => { }, cancellation);
            while (!comparison.IsCompleted)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!comparison.TryTake(out ItemPair? pair))
                {
                    await Task.Delay(1, cancellation);
                }
                else
                {
                    run.Stage(pair!, scope?.Invoke(pair!) ?? true);
                }
            }

            if (comparison.Failure is { } failure)
            {
                throw failure;
            }

            run.CompleteStaging(comparison, TimeSpan.Zero);
        }

        Staged = run.Staged;
        foreach (string left in await run.DropScratchAsync(cancellation))
        {
            Warnings.Add(left);
        }

        await (compared?.Invoke() ?? Task.CompletedTask);
        run.OpenOutcomes();
        await run.ApplyAsync(cancellation);
        while (run.Applier!.TryTakeFailure(out ChangeFailure? failure))
        {
            Failures.Add(failure!);
        }

        cancellation.ThrowIfCancellationRequested();
        if (run.Applier.Failure is { } ended)
        {
            throw ended;
        }

        await run.VerifyAsync(cancellation);
        Verified = run.Verified;
        foreach (ChangeOutcome outcome in Enum.GetValues<ChangeOutcome>())
        {
            Outcomes[outcome] = run.CountOf(outcome);
        }

        if (run.IsSettled)
        {
            run.Complete();
        }
    }

    /// <summary>Images of the undo file.</summary>
    public int UndoLines => File.Exists(Undo) ? File.ReadLines(Undo).Count() : 0;

    private ReconcileOptions Options(RestoreIdentity identity) => new()
    {
        TableName = identity.Table,
        Identity = identity,
        Side = (schema, consistent) => identity.KeyPrefix is { } prefix ? ComparisonSide.OfKeyPrefix(schema, prefix, consistent) : ComparisonSide.OfTable(schema, consistent),
        Comparison = signal => new ComparisonOptions { Attributes = identity.Attributes, Signal = signal },
        Writer = signal => new WriterOptions { Signal = signal, TellSuccesses = true, Quarantine = TimeSpan.FromMilliseconds(400) },
        Reader = signal => new ReaderOptions { Signal = signal, ConsistentRead = true },
        UndoPath = Undo,
        Warn = text =>
        {
            lock (Warnings)
            {
                Warnings.Add(text);
            }
        },
    };
}
