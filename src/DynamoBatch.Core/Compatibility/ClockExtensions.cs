#if !NETFRAMEWORK
using System;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core;

/// <summary>What Microsoft.Bcl.TimeProvider adds on .NET Framework, by the same name.</summary>
internal static class ClockExtensions
{
    public static Task Delay(this TimeProvider clock, TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, clock, cancellation);
}
#endif
