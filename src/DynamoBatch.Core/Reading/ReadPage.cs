using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Reading;

/// <summary>Items of one answer to a scan or a query.</summary>
/// <param name="Items">Each as DynamoDB JSON.</param>
/// <param name="Bytes">Bytes of the answer that they keep in memory.</param>
public sealed record ReadPage(IReadOnlyList<ReadOnlyMemory<byte>> Items, int Bytes)
{
    /// <summary>See <see cref="PageReply.Made"/>.</summary>
    internal object? Made { get; init; }
}
