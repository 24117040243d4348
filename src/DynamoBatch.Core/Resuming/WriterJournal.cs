using System;
using System.Collections.Generic;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// Keeps a checkpoint up to date: told by the pipeline what is taken, and by the writer what became of it, each on its own thread.
/// </summary>
internal sealed class WriterJournal : IWriteJournal, IDisposable
{
    private readonly object _gate = new();
    private readonly CheckpointJournal _journal;
    private readonly List<long> _announced = new();

    public WriterJournal(CheckpointJournal journal) => _journal = journal;

    public Exception? Fault => _journal.Fault;

    public CheckpointHistory History => _journal.History;

    /// <inheritdoc cref="CheckpointJournal.IsResumed"/>
    public bool IsResumed => _journal.IsResumed;

    /// <summary>The checkpoint's identity.</summary>
    public Guid Id => _journal.Header.Id;

    /// <inheritdoc cref="CheckpointJournal.OpenTable"/>
    public void OpenTable(string name, string? id)
    {
        lock (_gate)
        {
            _journal.OpenTable(name, id);
        }
    }

    /// <inheritdoc cref="CheckpointJournal.Taken"/>
    public void Taken(long ordinal, ulong contribution)
    {
        lock (_gate)
        {
            _journal.Taken(ordinal, contribution);
        }
    }

    /// <summary>An object could not be encoded.</summary>
    public void Refused(long ordinal, ulong contribution)
    {
        lock (_gate)
        {
            _journal.Failed(ordinal, contribution);
            _journal.Flush();
        }
    }

    /// <summary>An object that failed before is void: a later write of its key is done.</summary>
    public void Replaced(long ordinal)
    {
        lock (_gate)
        {
            _journal.Acknowledged(ordinal);
            _journal.Flush();
        }
    }

    public bool Announce(WriteRequest request)
    {
        lock (_gate)
        {
            _announced.Clear();
            for (int i = 0; i < request.Count; i++)
            {
                if (request[i].Repeat is not RepeatRule.Safe)
                {
                    _announced.Add(request[i].Ordinal);
                }
            }

            return _announced.Count == 0 ? _journal.Fault is null : _journal.Intend(_announced);
        }
    }

    public void Decided(in WriteOutcome outcome)
    {
        WriteOperation operation = outcome.Operation;
        lock (_gate)
        {
            switch (outcome.Status)
            {
                case WriteStatus.Succeeded or WriteStatus.Replaced:
                    _journal.Acknowledged(operation.Ordinal);
                    break;
                case WriteStatus.Unknown when operation.Tries == 0:
                    // Sent by an earlier run only, whose record stands.
                    break;
                case WriteStatus.Unknown:
                    _journal.Unknown(operation.Ordinal);
                    break;
                case WriteStatus.Failed when operation.Table.Failure is null:
                    _journal.Failed(operation.Ordinal, operation.Contribution);
                    break;
                default:
                    // Not sent, or its table failed as a whole: the next run goes on with it, unless it is announced.
                    if (operation.Repeat is not RepeatRule.Safe && operation.Tries > 0)
                    {
                        _journal.NotSent(operation.Ordinal);
                    }

                    break;
            }
        }
    }

    public void Settled()
    {
        lock (_gate)
        {
            _journal.Flush();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _journal.Dispose();
        }
    }
}
