using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Restoring.Changes;
using DynamoBatch.Core.Restoring.Control;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Reconciling;

/// <summary>
/// A restore by writing the difference to the live table, phase by phase; whoever runs it asks in between. What an earlier run
/// of the same journal has done is not done again.
/// </summary>
internal sealed class ReconcileRun : IDisposable
{
    /// <summary>The content that is wanted.</summary>
    public const string Wanted = "wanted";

    /// <summary>The content when the damage had ended.</summary>
    public const string Damaged = "damage-end";

    private readonly DdbConnection _connection;
    private readonly TableControl _control;
    private readonly RestoreJournal _journal;
    private readonly ReconcileOptions _options;
    private readonly Phases _phases;
    private readonly ScratchTables _scratch;
    private ChangeStager? _stager;
    private OutcomeFile? _outcomes;
    private AppendFile? _undo;

    public ReconcileRun(DdbConnection connection, TableControl control, RestoreJournal journal, ReconcileOptions options)
    {
        _connection = connection;
        _control = control;
        _journal = journal;
        _options = options;
        _phases = new Phases(journal, control.Clock);
        _scratch = new ScratchTables(control, options.Log);
        Staged = journal.Find(RestoreStep.Staged) is { } staged ? StagedCounts.From(staged) : null;
    }

    /// <summary>What the comparison came to; null until it is complete.</summary>
    public StagedCounts? Staged { get; private set; }

    /// <summary>The live table.</summary>
    public TableSchema? Schema { get; private set; }

    /// <summary>Makes the changes; null until then.</summary>
    public ChangeApplier? Applier { get; private set; }

    /// <summary>What was read back; null until then.</summary>
    public ChangeVerifier? Verified { get; private set; }

    /// <summary>The file that takes every image that is overwritten or deleted.</summary>
    public string UndoPath => _options.UndoPath;

    /// <summary>How long each phase took, in all runs.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Phases => _phases.ToList();

    /// <summary>Scratch tables that are still there.</summary>
    public IReadOnlyList<string> ScratchTables => new[] { Wanted, Damaged }.Select(s => Control.ScratchTables.NameOf(_journal, s)).OfType<string>().ToArray();

    /// <summary>What became of the changes so far; of all runs.</summary>
    public long CountOf(ChangeOutcome outcome) => _outcomes?.CountOf(outcome) ?? 0;

    /// <summary>Makes sure that the live table is the one that the restore began with.</summary>
    /// <exception cref="RestoreException">It is another one.</exception>
    public async Task CheckTableAsync(CancellationToken cancellation)
    {
        TableDescription live = await _control.DescribeTableAsync(_options.TableName, cancellation).ConfigureAwait(false)
            ?? throw new DdbException(FailureKind.TableNotFound, $"Table '{_options.TableName}' does not exist any more. The restore's journal is '{_journal.Path}'.");
        string? known = _journal.Find(RestoreStep.TableFound)?.Fact("TableId");
        if (known is null)
        {
            _journal.Write(RestoreStep.TableFound, string.Empty, ("TableId", live.TableId));
        }
        else if (known != live.TableId)
        {
            throw new RestoreException(
                RestoreProblem.TableReplaced,
                $"Table '{_options.TableName}' was deleted and made anew since this restore began, so its changes may not fit it. Nothing was written to the new table. Delete the journal '{_journal.Path}', or name another -JournalPath, to begin anew.");
        }

        Schema ??= await _connection.GetSchemaAsync(_options.TableName, _options.Log, cancellation).ConfigureAwait(false);
    }

    /// <summary>The tables to compare, restored where they have to be.</summary>
    /// <param name="wanted">The content that is wanted.</param>
    /// <param name="damaged">The content when the damage had ended; null where the live table is compared itself.</param>
    /// <param name="cancellation">Ends the waiting; what was begun is in the journal.</param>
    public Task<(ComparisonSide Wanted, ComparisonSide Seen)> PrepareAsync(RestoreSource wanted, RestoreSource? damaged, CancellationToken cancellation) =>
        _phases.MeasureAsync("Restore", async () =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task<TableSchema> wantedTable = OpenAsync(Wanted, wanted, either);
            Task<TableSchema> seenTable = damaged is null ? Task.FromResult(Schema!) : OpenAsync(Damaged, damaged, either);

            // Where one fails, the other is not waited for any longer; what it began is in the journal.
            await Task.WhenAll(wantedTable, seenTable).ConfigureAwait(false);
            return (
                _options.Side(await wantedTable.ConfigureAwait(false), wanted.TableName is not null),
                _options.Side(await seenTable.ConfigureAwait(false), damaged is null));
        });

    /// <summary>Begins to compare. Whoever takes the pairs gives them to <see cref="Stage"/>, and in the end calls <see cref="CompleteStaging"/>.</summary>
    public async Task<TableComparison> CompareAsync(ComparisonSide wanted, ComparisonSide seen, Action signal, CancellationToken cancellation)
    {
        _outcomes?.Dispose();
        File.Delete(RestoreFiles.Outcomes(_journal.Path));
        string? ttl = await TtlAttributeAsync(_connection, _options.Identity, _options.Warn, cancellation).ConfigureAwait(false);
        _stager = new ChangeStager(RestoreFiles.Changes(_journal.Path), Staging(_options.Identity, ttl, _control.Clock.GetUtcNow()));
        return _connection.CreateComparison(wanted, seen, _options.Comparison(signal));
    }

    /// <summary>The attribute that tells which items have expired; null where that does not matter, or may not be asked.</summary>
    public static Task<string?> TtlAttributeAsync(DdbConnection connection, RestoreIdentity restore, Action<string> warn, CancellationToken cancellation) => restore.IncludeExpired
        ? Task.FromResult<string?>(null)
        : connection.GetTtlAttributeAsync(restore.Table, reason => warn(reason + " So items whose time to live has passed are brought back too."), cancellation);

    /// <summary>Which differences become changes.</summary>
    public static StagingOptions Staging(RestoreIdentity restore, string? ttlAttribute, DateTimeOffset now) => new()
    {
        MissingOnly = restore.MissingOnly, KeepNew = restore.KeepNew, Attributes = restore.Attributes, TtlAttribute = ttlAttribute, Now = now,
    };

    /// <summary>Files a difference, or counts it where it is not in scope.</summary>
    public void Stage(ItemPair pair, bool isInScope) => _stager!.Add(pair, isInScope);

    /// <summary>The comparison is complete: from here on it is not made again.</summary>
    public void CompleteStaging(TableComparison comparison, TimeSpan elapsed)
    {
        ChangeStager stager = _stager!;
        stager.Counts.Unchanged = comparison.Counts.Equal;
        stager.Complete();
        stager.Dispose();
        string names = string.Join("\n", comparison.AttributeNames.ToList().Take(MaxNames));
        _phases.Add("Compare", elapsed);
        _journal.Write(RestoreStep.Staged, string.Empty, [.. stager.Counts.ToFacts(), ("Names", names)]);
        Staged = stager.Counts;
    }

    /// <summary>Drops the scratch tables, which nothing needs once the difference is filed.</summary>
    /// <returns>What is left to do, where one could not be dropped. Throws nothing but a cancellation.</returns>
    public async Task<IReadOnlyList<string>> DropScratchAsync(CancellationToken cancellation)
    {
        if (_options.KeepScratchTable || ScratchTables.Count == 0)
        {
            return [];
        }

        string?[] left = await _phases.MeasureAsync("Drop", () => Task.WhenAll(_scratch.DropAsync(_journal, Wanted, cancellation), _scratch.DropAsync(_journal, Damaged, cancellation))).ConfigureAwait(false);
        return left.OfType<string>().ToArray();
    }

    /// <summary>Makes the changes. Ends early where <see cref="ChangeApplier.Failure"/> says why.</summary>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        bool resumed = _journal.Has(RestoreStep.Confirmed);
        OpenOutcomes();
        _undo = new AppendFile(_options.UndoPath, begin: Staged!.Update + Staged.Delete > 0);
        _journal.Write(RestoreStep.Confirmed);
        JournalRecord staged = _journal.Find(RestoreStep.Staged)!;
        Applier = new ChangeApplier(
            _connection,
            Schema!,
            _outcomes!,
            _undo,
            new ApplyOptions
            {
                Force = _options.Force,
                IsOfAttributes = _options.Identity.Attributes is not null || _options.Identity.DamageEnd is not null,
                IsResumed = resumed,
                KnownNames = (staged.Fact("Names") ?? string.Empty).Split('\n'),
                Warn = _options.Warn, Writer = _options.Writer,
            });
        await _phases.MeasureAsync("Apply", () => Applier.RunAsync(Changes(), cancellation)).ConfigureAwait(false);
    }

    /// <summary>Reads back what was written.</summary>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        _journal.Write(RestoreStep.Applied);
        Verified = new ChangeVerifier(Schema!, change => _outcomes![change.Ordinal]);
        await _phases.MeasureAsync("Verify", () => Verified.RunAsync(_connection, _options.Reader, Changes(), cancellation)).ConfigureAwait(false);
    }

    /// <summary>What became of the changes in earlier runs can be counted.</summary>
    public void OpenOutcomes() => _outcomes ??= new OutcomeFile(RestoreFiles.Outcomes(_journal.Path), Staged!.Changes);

    /// <summary>Whether every change has an outcome that stands.</summary>
    public bool IsSettled => CountOf(ChangeOutcome.None) + CountOf(ChangeOutcome.Failed) + CountOf(ChangeOutcome.Unknown) == 0;

    /// <summary>The restore has ended. Of its files only those are kept that are needed to settle conflicts, and the undo file.</summary>
    public void Complete()
    {
        bool conflicts = CountOf(ChangeOutcome.Conflict) > 0;
        Dispose();
        if (!conflicts && RestoreFiles.Delete(_journal.Path) is { } fault)
        {
            _options.Warn(fault);
        }

        _journal.Write(RestoreStep.Completed, string.Empty, ("Conflicts", conflicts ? "true" : null));
    }

    public void Dispose()
    {
        Applier?.Dispose();
        _stager?.Dispose();
        _outcomes?.Dispose();
        _undo?.Dispose();
    }

    /// <summary>More of them than a condition can hold are of no use.</summary>
    private const int MaxNames = 400;

    private IEnumerable<StagedChange> Changes() => ChangeFile.Read(RestoreFiles.Changes(_journal.Path), Staged!.Changes);

    private async Task<TableSchema> OpenAsync(string subject, RestoreSource source, CancellationTokenSource either)
    {
        try
        {
            string name = source.TableName ?? (await _scratch.EnsureAsync(
                _journal,
                new ScratchRequest(subject, _options.TableName, source)
                {
                    Name = _options.ScratchTableName is { } chosen && subject == Damaged ? chosen + "-" + Damaged : _options.ScratchTableName,
                    Progress = (elapsed, state) => _options.Progress($"Restoring {source.Text}: {state}, {elapsed:hh\\:mm\\:ss}"),
                },
                either.Token).ConfigureAwait(false)).TableName;
            return await _connection.GetSchemaAsync(name, _options.Log, either.Token).ConfigureAwait(false);
        }
        catch
        {
            either.Cancel();
            throw;
        }
    }
}
