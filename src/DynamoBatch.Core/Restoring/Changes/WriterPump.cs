using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Feeds a writer from one task, and hands its outcomes to that task. Outcomes may ask for further writes.</summary>
internal sealed class WriterPump : IDisposable
{
    /// <summary>After a stop, requests in flight get so long to be answered.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly WakeUp _wakeUp = new();
    private readonly Queue<WriteOperation> _again = new();
    private readonly BatchWriter _writer;
    private readonly TimeProvider _clock;
    private readonly Action<WriteOutcome> _settle;
    private readonly Action _settled;

    /// <param name="connection">Makes the writer.</param>
    /// <param name="options">How it sends.</param>
    /// <param name="settle">Given each outcome.</param>
    /// <param name="settled">Called after some.</param>
    public WriterPump(DdbConnection connection, Func<Action, WriterOptions> options, Action<WriteOutcome> settle, Action settled)
    {
        WriterOptions writer = options(_wakeUp.Signal);
        _clock = writer.Clock;
        _writer = connection.CreateWriter(writer);
        _settle = settle;
        _settled = settled;
    }

    public int InFlight => _writer.InFlight;

    /// <summary>Why the writer ended early; null while it goes on.</summary>
    public DdbException? Failure => _writer.Failure;

    /// <summary>Writes what an outcome asks for.</summary>
    public void Again(WriteOperation operation) => _again.Enqueue(operation);

    /// <summary>Offers a write. One that is not accepted, because of a stop, gets no outcome.</summary>
    public async Task OfferAsync(WriteOperation operation, CancellationToken cancellation)
    {
        await TryOfferAsync(operation, cancellation).ConfigureAwait(false);
        Read();
        while (_again.Count > 0 && !cancellation.IsCancellationRequested)
        {
            await OfferAgainAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until every accepted write is decided; after a stop, for a short time only.</summary>
    /// <returns>What outcomes asked for and was not sent.</returns>
    public async Task<IReadOnlyCollection<WriteOperation>> DrainAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Failure is null)
        {
            Read();
            if (_again.Count > 0)
            {
                await OfferAgainAsync(cancellation).ConfigureAwait(false);
            }
            else if (_writer.Pending > 0)
            {
                _writer.Flush();
                await WaitAsync(cancellation).ConfigureAwait(false);
            }
            else if (!Read())
            {
                return _again;
            }
        }

        _writer.Stop();
        long stopped = _clock.GetTimestamp();
        while (_writer.Pending > 0 && _clock.GetElapsedTime(stopped) < Grace)
        {
            await WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _writer.Abort();
        Read();
        return _again;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _wakeUp.Dispose();
    }

    private async Task OfferAgainAsync(CancellationToken cancellation)
    {
        if (await TryOfferAsync(_again.Peek(), cancellation).ConfigureAwait(false))
        {
            _again.Dequeue();
        }
    }

    private async Task<bool> TryOfferAsync(WriteOperation operation, CancellationToken cancellation)
    {
        while (!_writer.TryWrite(operation))
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            await WaitAsync(cancellation).ConfigureAwait(false);
            Read();
        }

        return true;
    }

    private bool Read()
    {
        bool any = false;
        while (_writer.TryRead(out WriteOutcome outcome))
        {
            any = true;
            _settle(outcome);
        }

        _settled();
        return any;
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            await _wakeUp.WaitAsync(TimeSpan.FromMilliseconds(200), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller looks.
        }
    }
}
