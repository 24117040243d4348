using System;
using System.Diagnostics;
using DynamoBatch.Commands;
using DynamoBatch.Core;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>One run of Compare-DdbTable, on the pipeline thread. Whatever a Write* call throws goes through untouched.</summary>
internal sealed class CompareRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly CompareDdbTableCommand _command;
    private readonly Crossing _crossing = new();
    private readonly ProgressBar _progress;
    private readonly DifferenceOutput _output;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TableComparison? _comparison;
    private long _outOfScope;
    private long? _expected;

    public CompareRun(CompareDdbTableCommand command)
    {
        _command = command;
        _progress = new ProgressBar(command.MyInvocation.MyCommand.Name);
        _output = new DifferenceOutput(command, command.FilterScript is { } script ? new ScopeScript(command, script) : null);
    }

    private bool Stopped => _command.StopToken.IsCancellationRequested;

    public void Run()
    {
        if (_command.GetConnection().Open(_crossing) is not { } connection)
        {
            return;
        }

        _command.WriteVerbose($"Reading from {connection.Endpoint} with credentials from {connection.CredentialSource}; at most {_command.ThrottleLimit} requests in flight.");
        if (Open(connection, _command.ReferenceTableName!) is not { } reference || Open(connection, _command.DifferenceTableName!) is not { } difference)
        {
            return;
        }

        if (_command.KeyPrefix is null && reference.ApproximateItems > 0 && difference.ApproximateItems > 0)
        {
            // The service's own counts, some hours old.
            _expected = reference.ApproximateItems + difference.ApproximateItems;
        }

        _comparison = Start(connection, reference, difference);
        while (!Stopped && !_comparison.IsCompleted)
        {
            Serve();
            if (!_comparison.TryTake(out ItemPair? pair))
            {
                _crossing.Wait(Tick);
            }
            else if (!_output.Write(pair!))
            {
                _outOfScope++;
            }
        }

        if (!Stopped)
        {
            Complete();
        }
    }

    public void Dispose()
    {
        _comparison?.Dispose();
        _crossing.Dispose();
    }

    private TableSchema? Open(DdbConnection connection, string name)
    {
        (TableSchema? schema, DdbException? failure) = SchemaRequest.Wait(_command, connection, name, _crossing, TellWorkers);
        if (failure is not null && !Stopped)
        {
            _command.ThrowTerminatingError(ErrorRecords.Run(failure, null, name));
        }

        return schema;
    }

    private TableComparison Start(DdbConnection connection, TableSchema reference, TableSchema difference)
    {
        if (reference.TableName == difference.TableName || (reference.Arn is { } arn && arn == difference.Arn))
        {
            string message = $"-ReferenceTableName and -DifferenceTableName both mean table '{reference.TableName}', which has nothing to differ from.";
            _command.ThrowTerminatingError(ErrorRecords.Parameter("TablesAreTheSame", message, difference.TableName));
        }

        DdbException failure;
        try
        {
            return connection.CreateComparison(ToSide(reference), ToSide(difference), ToOptions());
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        _command.ThrowTerminatingError(ErrorRecords.Run(failure, null, _command.KeyPrefix ?? difference.TableName));
        throw failure;
    }

    private ComparisonSide ToSide(TableSchema schema)
    {
        bool consistent = _command.ConsistentRead;
        return _command.KeyPrefix is { } prefix ? ComparisonSide.OfKeyPrefix(schema, prefix, consistent) : ComparisonSide.OfTable(schema, consistent);
    }

    private ComparisonOptions ToOptions() => new()
    {
        IncludeEqual = _command.IncludeEqual,
        Attributes = _command.Property,
        ThrottleLimit = _command.ThrottleLimit,
        MaxReadCapacity = _command.MaxReadCapacity,
        RetryTimeout = _command.RetryTimeout,
        MaxRetry = _command.MaxRetry,
        Signal = _crossing.Signal,
        Log = _crossing.Verbose,
    };

    private void TellWorkers()
    {
        while (_crossing.TryTakeVerbose(out string line))
        {
            _command.WriteVerbose(line);
        }
    }

    private void Serve()
    {
        TellWorkers();
        if (_progress.IsDue)
        {
            ComparisonCounts counts = _comparison!.Counts;
            _progress.Estimate(counts.ReferenceItems + counts.DifferenceItems, _expected, 0, _clock.Elapsed);
            string status = ProgressBar.Describe(
                counts.ReferenceItems + counts.DifferenceItems, counts.ConsumedCapacity, counts.Throttles, _comparison.InFlight, _clock.Elapsed);
            int done = counts.ReferenceSegmentsDone + counts.DifferenceSegmentsDone;
            string segments = counts.Segments > 1 ? $", {done} of {counts.Segments * 2} segments" : string.Empty;
            _command.WriteProgress(_progress.Refresh($"{status}, {counts.Differences} differences{segments}"));
        }
    }

    private void Complete()
    {
        TellWorkers();
        if (_progress.Complete() is { } done)
        {
            _command.WriteProgress(done);
        }

        ComparisonCounts counts = _comparison!.Counts;
        string scope = _outOfScope > 0 ? $"{_outOfScope} pairs were not in the scope of -FilterScript; " : string.Empty;
        string told =
            $"Compared {counts.ReferenceItems} items of table '{_command.ReferenceTableName}' with {counts.DifferenceItems} of table '{_command.DifferenceTableName}': "
            + $"{counts.Equal} equal, {counts.Changed} differ, {counts.OnlyInReference} only in the first, {counts.OnlyInDifference} only in the second; {scope}"
            + $"{counts.LookedUp} keys looked up, {counts.Requests} requests, {counts.Throttles} throttles, {counts.ConsumedCapacity} read units, {_clock.Elapsed:c}.";
        if (_comparison.Failure is { } failure)
        {
            _command.ThrowTerminatingError(ErrorRecords.Run(failure, $"{counts.Differences} differences were found before, and there may be more.", _command.DifferenceTableName));
        }

        _command.WriteVerbose(told);
        if (_comparison.AttributeNames.Unmet(_command.Property) is { } unmet)
        {
            _command.WriteWarning(unmet);
        }
    }
}
