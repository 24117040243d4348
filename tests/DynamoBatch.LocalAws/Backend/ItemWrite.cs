using System;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>One write within a request.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Raw">The write as sent, e.g. <c>{"PutRequest":{"Item":…}}</c>.</param>
/// <param name="Key">The whole key as text, e.g. <c>S:a N:7</c>; null when it has none or the table is not known.</param>
/// <param name="PartitionKey">The partition key's value as text.</param>
/// <param name="Attributes">The item, or its key map, as sent.</param>
internal sealed record ItemWrite(string Table, ReadOnlyMemory<byte> Raw, string? Key, string? PartitionKey, ReadOnlyMemory<byte> Attributes);
