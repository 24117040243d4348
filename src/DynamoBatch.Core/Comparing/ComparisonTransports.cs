using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Comparing;

/// <summary>How a comparison asks.</summary>
/// <param name="Scan">Makes what asks for pages of a source, once each.</param>
/// <param name="Lookups">Asks for keys, once, by consistent reads.</param>
internal sealed record ComparisonTransports(
    Func<PageSource, Func<PageRequest, CancellationToken, Task<PageReply>>> Scan,
    Func<ReadRequest, CancellationToken, Task<ReadReply>> Lookups);
