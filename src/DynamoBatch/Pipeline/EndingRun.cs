using System;
using System.Diagnostics;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Pipeline;

/// <summary>Brings a writer to rest, in bounded time, with every accepted write decided. Says nothing.</summary>
internal static class EndingRun
{
    /// <summary>After Ctrl+C or a failure of the run, requests in flight get so long to be answered.</summary>
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(3);

    /// <summary>After any other ending, what was accepted gets so long to be written.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends the writing.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="crossing">Its signal.</param>
    /// <param name="inHand">A write that still waited for room; it counts as accepted.</param>
    /// <param name="stopNow">Whether nothing more may be sent.</param>
    /// <param name="stop">Ctrl+C, which may also come while what was accepted is still being written.</param>
    public static void Close(BatchWriter writer, Crossing crossing, WriteOperation? inHand, bool stopNow, Func<bool> stop)
    {
        var clock = Stopwatch.StartNew();
        if (stopNow)
        {
            writer.Stop();
        }
        else
        {
            writer.Flush();
        }

        TimeSpan limit = stopNow ? Answers : Drain;
        while (inHand is not null || writer.Pending > 0)
        {
            if (inHand is not null && writer.TryWrite(inHand))
            {
                inHand = null;
                continue;
            }

            if (!stopNow && stop())
            {
                stopNow = true;
                writer.Stop();
                limit = clock.Elapsed + Answers;
            }

            if (clock.Elapsed > limit)
            {
                // What is not answered by now becomes Unknown, what waits NotSent; both at once.
                writer.Abort();
            }

            crossing.Wait(Tick);
        }
    }
}
