using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Tests.Sending;

/// <summary>Offers writes to a writer and waits for its outcomes, as a pipeline does.</summary>
internal sealed class WriterRun : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);

    public WriterRun(Func<WriterOptions, BatchWriter> create, WriterOptions? options = null)
    {
        options ??= new WriterOptions();
        Writer = create(
            new WriterOptions
            {
                Signal = () => _signal.Release(),
                ThrottleLimit = options.ThrottleLimit,
                MaxWriteCapacity = options.MaxWriteCapacity,
                FirstAnswerTimeout = options.FirstAnswerTimeout,
                RetryTimeout = options.RetryTimeout,
                MaxRetry = options.MaxRetry,
                Quarantine = options.Quarantine,
                Linger = options.Linger,
                TablesFailAlone = options.TablesFailAlone,
                TellSuccesses = options.TellSuccesses,
                Seed = options.Seed ?? 1,
            });
    }

    public WriterRun(Func<WriteRequest, CancellationToken, Task<WriteReply>> send, WriterOptions? options = null)
        : this(o => new BatchWriter(new Transport(send), o), options)
    {
    }

    public BatchWriter Writer { get; }

    public List<WriteOutcome> Outcomes { get; } = [];

    public async Task WriteAsync(IEnumerable<WriteOperation> writes)
    {
        foreach (WriteOperation write in writes)
        {
            while (!Writer.TryWrite(write))
            {
                await _signal.WaitAsync(50);
            }
        }

        Writer.Flush();
        await RestAsync();
    }

    /// <summary>Waits until every accepted write is decided.</summary>
    public async Task RestAsync()
    {
        while (Writer.Pending > 0)
        {
            await _signal.WaitAsync(50);
        }

        while (Writer.TryRead(out WriteOutcome outcome))
        {
            Outcomes.Add(outcome);
        }
    }

    // The semaphore stays: a lane may still signal. It owns no handle.
    public void Dispose() => Writer.Dispose();

    private sealed class Transport(Func<WriteRequest, CancellationToken, Task<WriteReply>> send) : IWriteTransport
    {
        public Task<WriteReply> SendAsync(WriteRequest request, CancellationToken cancellation) => send(request, cancellation);
    }
}
