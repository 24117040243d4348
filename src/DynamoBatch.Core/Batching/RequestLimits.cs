using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>What one BatchWriteItem request may hold. (Amazon DynamoDB API reference: BatchWriteItem.)</summary>
internal static class RequestLimits
{
    /// <summary>Puts and deletes in a request.</summary>
    public const int MaxOperations = 25;

    /// <summary>Bytes of a request as sent: 16 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The body around the operations.</summary>
    public const int EnvelopeBytes = 64;

    /// <summary>Around one operation: <c>{"DeleteRequest":{"Key":}},</c> and, at worst, a table's <c>"":[],</c> of its own.</summary>
    private const int OperationBytes = 40;

    [MethodImpl(Jit.Hot)]
    public static int BytesOf(WriteOperation operation) =>
        operation.Item.Json.Length + operation.Table.NameUtf8.Length + OperationBytes;
}
