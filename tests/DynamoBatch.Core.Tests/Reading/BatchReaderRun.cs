using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Tests.Reading;

/// <summary>Asks a reader for keys and takes its answers, as a pipeline does.</summary>
internal sealed class BatchReaderRun : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);

    public BatchReaderRun(DdbConnection connection, ReaderOptions? options = null)
    {
        options ??= new ReaderOptions();
        Reader = connection.CreateReader(
            new ReaderOptions
            {
                Signal = () => _signal.Release(),
                ThrottleLimit = options.ThrottleLimit,
                MaxReadCapacity = options.MaxReadCapacity,
                ConsistentRead = options.ConsistentRead,
                Ordered = options.Ordered,
                Linger = options.Linger,
                RetryTimeout = options.RetryTimeout,
                FirstAnswerTimeout = options.FirstAnswerTimeout,
                TablesFailAlone = options.TablesFailAlone,
                Seed = 1,
            });
    }

    public BatchReader Reader { get; }

    public List<KeyRead> Answers { get; } = [];

    public async Task ReadAsync(IEnumerable<KeyRead> reads)
    {
        foreach (KeyRead read in reads)
        {
            while (!Reader.TryAsk(read))
            {
                await TakeAsync();
            }
        }

        Reader.Flush();
        while (Reader.Untaken > 0)
        {
            await TakeAsync();
        }
    }

    // The semaphore stays: a request may still signal. It owns no handle.
    public void Dispose() => Reader.Dispose();

    private async Task TakeAsync()
    {
        bool any = false;
        while (Reader.TryTake(out KeyRead? read))
        {
            any = true;
            Answers.Add(read!);
        }

        if (!any)
        {
            await _signal.WaitAsync(50);
        }
    }
}
