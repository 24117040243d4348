using System;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Comparing;

/// <summary>Divides the requests that may be in flight: two scans and the lookups, and together no more than the limit.</summary>
internal sealed class RequestShares
{
    private readonly SemaphoreSlim? _gate;

    public RequestShares(int limit)
    {
        Lookups = Math.Max(1, limit / 4);
        Scan = Math.Max(1, (limit - Lookups) / 2);
        _gate = Lookups + (2 * Scan) > limit ? new SemaphoreSlim(limit) : null;
    }

    /// <summary>Of each scan.</summary>
    public int Scan { get; }

    public int Lookups { get; }

    /// <summary>A transport that waits where three are too many.</summary>
    public Func<TRequest, CancellationToken, Task<TReply>> Limit<TRequest, TReply>(Func<TRequest, CancellationToken, Task<TReply>> send) =>
        _gate is not { } gate
            ? send
            : async (request, cancellation) =>
            {
                await gate.WaitAsync(cancellation).ConfigureAwait(false);
                try
                {
                    return await send(request, cancellation).ConfigureAwait(false);
                }
                finally
                {
                    gate.Release();
                }
            };
}
