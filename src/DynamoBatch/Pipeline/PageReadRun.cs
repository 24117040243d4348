using System;
using System.Diagnostics;
using System.Linq;
using DynamoBatch.Commands;
using DynamoBatch.Core;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Pipeline;

/// <summary>One run of Read-DdbTable, on the pipeline thread. Whatever a Write* call throws goes through untouched.</summary>
internal sealed class PageReadRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ReadDdbTableCommand _command;
    private readonly Crossing _crossing = new();
    private readonly ProgressBar _progress;
    private readonly ItemOutput _output;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TableReader? _reader;
    private string _name = string.Empty;
    private long _written;
    private long? _expected;

    public PageReadRun(ReadDdbTableCommand command)
    {
        _command = command;
        _progress = new ProgressBar(command.MyInvocation.MyCommand.Name);
        _output = new ItemOutput(command);
    }

    private bool Stopped => _command.StopToken.IsCancellationRequested;

    public void Run()
    {
        var parameters = new PageParameters(_command);
        if (_command.GetConnection().Open(_crossing) is not { } connection)
        {
            return;
        }

        _command.WriteVerbose($"Reading from {connection.Endpoint} with credentials from {connection.CredentialSource}; at most {_command.ThrottleLimit} requests in flight.");
        if (Open(connection, parameters) is not { } source)
        {
            return;
        }

        _name = source.Name;
        _reader = connection.CreateReader(source, _command.GetOptions(_crossing));
        while (!Stopped && !_reader.IsCompleted)
        {
            Serve();
            if (_reader.TryTake(out ReadPage? page))
            {
                Write(page!);
                _reader.GoOn();
            }
            else
            {
                _crossing.Wait(Tick);
            }
        }

        if (!Stopped)
        {
            Complete();
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _crossing.Dispose();
    }

    private PageSource? Open(DdbConnection connection, PageParameters parameters)
    {
        (TableSchema? schema, DdbException? failure) = SchemaRequest.Wait(_command, connection, _command.TableName!, _crossing, TellWorkers);
        if (failure is not null && !Stopped)
        {
            _command.ThrowTerminatingError(ErrorRecords.Run(failure, null, _command.TableName));
        }

        if (schema is null)
        {
            return null;
        }

        // The service's own count, some hours old, of what a whole scan will look at.
        bool isWhole = _command.PartitionKey is null && _command.Segment is null && _command.First is null;
        _expected = !isWhole ? null
            : _command.IndexName is { } index ? schema.Indexes.FirstOrDefault(i => i.Name == index)?.ApproximateItems
            : schema.ApproximateItems;
        return parameters.ToSource(schema);
    }

    private void Write(ReadPage page)
    {
        foreach (ReadOnlyMemory<byte> item in page.Items)
        {
            _written++;
            _output.Write(item, () => $"Item {_written} of {_name}");
            if (_progress.IsDue)
            {
                Serve();
            }
        }
    }

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
            PageCounts counts = _reader!.Counts;
            _progress.Estimate(counts.Scanned, _expected, 0, _clock.Elapsed);
            string status = ProgressBar.Describe(_written, counts.ConsumedCapacity, counts.Throttles, _reader.InFlight, _clock.Elapsed);
            string segments = counts.Segments > 1 ? $", {counts.SegmentsDone} of {counts.Segments} segments" : string.Empty;
            _command.WriteProgress(_progress.Refresh(status + segments));
        }
    }

    private void Complete()
    {
        TellWorkers();
        if (_progress.Complete() is { } done)
        {
            _command.WriteProgress(done);
        }

        PageCounts counts = _reader!.Counts;
        _command.WriteVerbose(
            $"Read {_written} items of {_name} ({counts.Scanned} looked at) in {counts.Pages} pages of {counts.Segments} segments; "
            + $"{counts.Requests} requests, {counts.Throttles} throttles, {counts.ConsumedCapacity} read units, {_clock.Elapsed:c}.");
        if (_reader.Failure is { } failure)
        {
            string told = $"{_written} items were given before.";
            bool filter = failure.Kind is FailureKind.ItemRejected && _command.Filter is not null;
            _command.ThrowTerminatingError(filter
                ? ErrorRecords.Parameter("FilterNotValid", failure.Message + ReservedRemedy(failure.Message), _command.Filter)
                : ErrorRecords.Run(failure, _written > 0 ? told : null, _command.TableName));
        }
    }

    // DynamoDB says that a name is reserved, and not what to do.
    private static string ReservedRemedy(string refusal) =>
        refusal.IndexOf("reserved keyword", StringComparison.OrdinalIgnoreCase) < 0
            ? string.Empty
            : ". Name the attribute by a placeholder, such as #n, and say by -FilterName @{ '#n' = '...' } what it stands for.";
}
