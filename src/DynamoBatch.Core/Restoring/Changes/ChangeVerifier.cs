using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Reads back, consistently, what was written.</summary>
internal sealed class ChangeVerifier
{
    private readonly TableSchema _schema;
    private readonly Func<StagedChange, ChangeOutcome> _outcomeOf;

    /// <param name="schema">The live table.</param>
    /// <param name="outcomeOf">What became of each change.</param>
    public ChangeVerifier(TableSchema schema, Func<StagedChange, ChangeOutcome> outcomeOf)
    {
        _schema = schema;
        _outcomeOf = outcomeOf;
    }

    /// <summary>Items that are as wanted.</summary>
    public long AsWanted { get; private set; }

    /// <summary>Items that somebody has written since they were restored.</summary>
    public long ChangedSince { get; private set; }

    /// <summary>Items that show what the damage had left, though their change was acknowledged: somebody wrote it again.</summary>
    public List<StagedChange> DamagedAgain { get; } = [];

    /// <summary>Looks at every change that was made.</summary>
    /// <exception cref="DdbException">They could not all be read.</exception>
    public async Task RunAsync(DdbConnection connection, Func<Action, ReaderOptions> options, IEnumerable<StagedChange> changes, CancellationToken cancellation)
    {
        using var wakeUp = new WakeUp();
        using BatchReader reader = connection.CreateReader(options(wakeUp.Signal));
        var table = new ReadTable(_schema);
        foreach (StagedChange change in changes)
        {
            if (_outcomeOf(change) is not (ChangeOutcome.Put or ChangeOutcome.Updated or ChangeOutcome.Deleted))
            {
                continue;
            }

            var read = new KeyRead(table, change.Key, change);
            while (!reader.TryAsk(read))
            {
                Take(reader);
                await wakeUp.WaitAsync(TimeSpan.FromMilliseconds(100), cancellation).ConfigureAwait(false);
            }

            Take(reader);
        }

        reader.Flush();
        while (reader.Untaken > 0)
        {
            Take(reader);
            if (reader.Untaken > 0)
            {
                await wakeUp.WaitAsync(TimeSpan.FromMilliseconds(100), cancellation).ConfigureAwait(false);
            }
        }

        if (reader.Failure is { } failure)
        {
            throw failure;
        }
    }

    private void Take(BatchReader reader)
    {
        while (reader.TryTake(out KeyRead? read))
        {
            if (read!.Status is not (ReadStatus.Found or ReadStatus.Missing))
            {
                throw reader.Failure ?? new DdbException(read.Kind, $"Item {KeyText.Of(read.Key)} could not be read back. {read.Message}");
            }

            Look((StagedChange)read.Source!, read.Item);
        }
    }

    private void Look(StagedChange change, ReadOnlyMemory<byte> item)
    {
        ChangePlan plan = ChangePlan.Create(new ItemImage(change.Seen, _schema), new ItemImage(change.Wanted, _schema), new ItemImage(item, _schema));
        if (plan.IsDone)
        {
            AsWanted++;
        }
        else if (plan.Kind is null)
        {
            ChangedSince++;
        }
        else
        {
            DamagedAgain.Add(change);
        }
    }
}
