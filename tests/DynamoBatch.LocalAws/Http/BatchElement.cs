using System;

namespace DynamoBatch.LocalAws.Http;

/// <summary>One element of a batch, as sent: a write of BatchWriteItem or a key of BatchGetItem.</summary>
internal readonly record struct BatchElement(string Table, ReadOnlyMemory<byte> Raw);
