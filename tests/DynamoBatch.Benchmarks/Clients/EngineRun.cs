using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>One run of the engine on the calling thread, as the commands do it: offer, read outcomes, wait for room.</summary>
internal sealed class EngineRun : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly BatchWriter _writer;
    private readonly Action<WriteOutcome> _tell;

    private readonly AutoResetEvent _signal = new(false);

    /// <summary>Starts a run.</summary>
    /// <param name="connection">Where it writes.</param>
    /// <param name="tell">Told what was not written.</param>
    /// <param name="journal">Keeps a checkpoint; null for none.</param>
    public EngineRun(DdbConnection connection, Action<WriteOutcome> tell, IWriteJournal? journal = null)
    {
        _tell = tell;
        _writer = connection.CreateWriter(new WriterOptions { Signal = Signal, Journal = journal });
    }

    /// <summary>Does work on a thread of its own, as PowerShell does: it blocks, and on the pool it would take a lane's thread.</summary>
    public static Task OnOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Offers a write, and waits while there is no room for it.</summary>
    public void Write(WriteOperation operation)
    {
        while (!_writer.TryWrite(operation))
        {
            Read();
            _signal.WaitOne(Tick);
        }
    }

    /// <summary>Nothing more is coming: returns when everything is decided.</summary>
    public void Complete()
    {
        _writer.Flush();
        while (_writer.Pending > 0)
        {
            Read();
            _signal.WaitOne(Tick);
        }

        Read();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _signal.Dispose();
    }

    private void Signal()
    {
        try
        {
            _signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // A lane that ends after the run has.
        }
    }

    private void Read()
    {
        while (_writer.TryRead(out WriteOutcome outcome))
        {
            _tell(outcome);
        }

        if (_writer.Failure is { } failure)
        {
            throw failure;
        }
    }
}
