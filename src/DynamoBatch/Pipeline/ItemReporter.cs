using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>Tells what became of single items: to -FailedItemPath first, then to the streams, for a stream may throw.</summary>
internal sealed class ItemReporter : IDisposable
{
    private readonly WriteCommand _command;
    private readonly ItemObjects _returned = new();
    private FailedItemFile? _file;
    private long _failed;

    public ItemReporter(WriteCommand command) => _command = command;

    /// <summary>Why the run must end: too many failures, or failures that can no longer be filed. Null while it need not.</summary>
    public DdbException? Fault
    {
        get
        {
            if (_file?.Fault is { } fault)
            {
                string message = $"-FailedItemPath '{_file.Path}' could not be written, so failures would go unrecorded ({fault.Message}).";
                return new DdbException(FailureKind.NotSent, message, fault);
            }

            return _failed > _command.MaxFailed
                ? new DdbException(FailureKind.NotSent, $"{_failed} {(_failed == 1 ? "item" : "items")} failed, more than the {_command.MaxFailed} that -MaxFailed allows.")
                : null;
        }
    }

    /// <summary>Checks -FailedItemPath; ends the command where it cannot be used.</summary>
    public void Begin() => _file = FailedItemPath.Open(_command);

    /// <summary>Tells an outcome in full.</summary>
    public void Tell(WriteOutcome outcome)
    {
        Keep(outcome);
        if (outcome.Status is WriteStatus.Succeeded)
        {
            Emit(outcome);
        }
        else if (outcome.Status is WriteStatus.Failed or WriteStatus.Unknown)
        {
            _failed++;
            string message = $"Item {KeyText.Of(outcome.Operation.Item.Key)} of table '{outcome.Operation.Table.Name}': {outcome.Message}";
            _command.WriteError(ErrorRecords.Item(new DdbException(outcome.Kind, message, outcome.Cause), outcome.Operation.Source));
        }
    }

    private void Emit(WriteOutcome outcome)
    {
        if (outcome.Message is { } message)
        {
            _command.WriteWarning($"Item {KeyText.Of(outcome.Operation.Item.Key)} of table '{outcome.Operation.Table.Name}' is written. {message}");
        }

        if (_command.PassThru)
        {
            _command.WriteObject(outcome.Operation.Source);
        }

        if (!outcome.Returned.IsEmpty)
        {
            _command.WriteObject(_returned.Read(outcome.Returned.Span));
        }
    }

    /// <summary>Files an outcome, and says nothing: the streams may be closed.</summary>
    public void Keep(WriteOutcome outcome)
    {
        if (outcome.Status is WriteStatus.Failed or WriteStatus.Unknown or WriteStatus.NotSent)
        {
            _file?.Add(outcome.Operation, outcome.Kind, outcome.Message);
        }
    }

    /// <summary>Files an object that was taken, but not encoded when the run ended.</summary>
    public void KeepUnsent(TableRun table, long ordinal) => _file?.Add(
        table.Name,
        _command.GetVerb(),
        new DdbException(FailureKind.NotSent, string.Empty),
        $"Object {ordinal} of the pipeline: the run ended before it was encoded.");

    /// <summary>Files an object that was taken, but not offered to the writer when the run ended.</summary>
    public void KeepUnsent(TakenObject taken, string message)
    {
        if (taken.Write is { } write)
        {
            Keep(new WriteOutcome(write, WriteStatus.NotSent, FailureKind.NotSent, message));
        }
        else
        {
            _file?.Add(taken.Table.Name, _command.GetVerb(), taken.Refusal!, Describe(taken));
        }
    }

    /// <summary>Tells of an object that could not become an item.</summary>
    /// <param name="taken">The object.</param>
    /// <param name="dryRun">Whether nothing is written, and so nothing is filed.</param>
    public void Refuse(TakenObject taken, bool dryRun)
    {
        _failed++;
        DdbException failure = taken.Refusal!;
        string message = Describe(taken);
        if (!dryRun)
        {
            _file?.Add(taken.Table.Name, _command.GetVerb(), failure, message);
        }

        _command.WriteError(ErrorRecords.Item(new DdbException(failure.Kind, message, failure), taken.InputObject));
    }

    private static string Describe(TakenObject taken)
    {
        string where = taken.Table.Name.Length > 0 ? $", for table '{taken.Table.Name}'" : string.Empty;
        return $"Object {taken.Ordinal} of the pipeline{where}: {taken.Refusal!.Message}";
    }

    /// <summary>The run has ended as it should: the file is this run's alone, and there is none where nothing failed.</summary>
    /// <param name="tables">The run's tables. A dry run, or one that was declined, leaves the file as it was.</param>
    public void Complete(IReadOnlyList<TableRun> tables)
    {
        if (_file is not null && tables.Count > 0 && tables.All(t => t.Mode is TableMode.Write))
        {
            _file.Complete();
            if (_file.Fault is { } fault)
            {
                _command.WriteWarning($"'{_file.Path}' still has the losses of an earlier run: {fault.Message}");
            }
        }

        End();
    }

    /// <summary>Says where the failed items are.</summary>
    public void End()
    {
        if (_file is { Count: > 0 })
        {
            _command.WriteVerbose($"{_file.Count} items that were not written are in '{_file.Path}'.");
        }
    }

    public void Dispose() => _file?.Dispose();
}
