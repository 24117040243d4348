using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Tests.Comparing;

/// <summary>Compares two simulated tables, and takes the pairs as a command does.</summary>
internal sealed class ComparisonRun : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);
    private readonly SimulatedScans[] _tables;
    private readonly Random _random = new(1);

    public ComparisonRun(SimulatedScans reference, SimulatedScans difference, ComparisonOptions? options = null)
    {
        _tables = [reference, difference];
        options ??= new ComparisonOptions();
        Comparison = new TableComparison(
            new ComparisonTransports(source => (request, _) => ScanAsync(source, request), (request, _) => LookUpAsync(request)),
            ComparisonSide.OfTable(reference.Schema),
            ComparisonSide.OfTable(difference.Schema),
            new ComparisonOptions
            {
                Signal = () => _signal.Release(),
                Seed = 1,
                IncludeEqual = options.IncludeEqual,
                Attributes = options.Attributes,
                ThrottleLimit = options.ThrottleLimit,
                MaxReadCapacity = options.MaxReadCapacity,
                MaxWaitingBytes = options.MaxWaitingBytes,
                MaxUntakenBytes = options.MaxUntakenBytes,
                MaxRetry = options.MaxRetry,
            });
    }

    public TableComparison Comparison { get; }

    public List<ItemPair> Pairs { get; } = [];

    /// <summary>Whether keys are looked up at all; where not, the answer is a failure.</summary>
    public bool RefusesLookups { get; init; }

    public int MostInFlight { get; private set; }

    private int _inFlight;

    public async Task<ComparisonRun> RunAsync(int take = int.MaxValue)
    {
        while (!Comparison.IsCompleted && Pairs.Count < take)
        {
            if (Comparison.TryTake(out ItemPair? pair))
            {
                Pairs.Add(pair!);
            }
            else
            {
                await _signal.WaitAsync(1000);
            }
        }

        return this;
    }

    // The semaphore stays: a request may still signal. It owns no handle.
    public void Dispose() => Comparison.Dispose();

    private async Task<PageReply> ScanAsync(PageSource source, PageRequest request)
    {
        await BeginAsync();
        PageReply reply = Table(source.Schema.TableName).Scan(request);
        Interlocked.Decrement(ref _inFlight);
        return reply;
    }

    private async Task<ReadReply> LookUpAsync(ReadRequest request)
    {
        await BeginAsync();
        try
        {
            if (RefusesLookups)
            {
                return new ReadReply(ReplyKind.TableFailed) { Failure = new DdbException(FailureKind.AccessDenied, "No lookups.") };
            }

            bool trouble;
            lock (_random)
            {
                trouble = _random.NextDouble() < _tables[0].Trouble;
            }

            bool[]? unprocessed = trouble ? request.Keys.Select((_, i) => i % 2 == 0).ToArray() : null;
            return new ReadReply(ReplyKind.Answered)
            {
                Items = request.Keys.Select((k, i) => unprocessed?[i] == true ? default : Table(k.Table.Name).LookUp(k.Key)).ToArray(),
                Unprocessed = unprocessed,
                Throttled = trouble,
            };
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task BeginAsync()
    {
        int now = Interlocked.Increment(ref _inFlight);
        lock (_random)
        {
            MostInFlight = Math.Max(MostInFlight, now);
        }

        await Task.Yield();
    }

    private SimulatedScans Table(string name) => _tables.Single(t => t.Schema.TableName == name);
}
