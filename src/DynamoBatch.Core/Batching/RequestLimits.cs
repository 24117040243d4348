using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Batching;

/// <summary>What one request may hold. (Amazon DynamoDB API reference: BatchWriteItem, BatchExecuteStatement.)</summary>
internal static class RequestLimits
{
    /// <summary>Bytes of a BatchWriteItem request as sent: 16 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of a BatchExecuteStatement request. The reference names no limit; this is TransactWriteItems'.</summary>
    private const int MaxStatementBytes = 4 * 1024 * 1024;

    /// <summary>Puts and deletes, or statements, in a request.</summary>
    private const int MaxBatch = 25;

    /// <summary>The body around the operations.</summary>
    public const int EnvelopeBytes = 64;

    /// <summary>Around one operation: <c>{"DeleteRequest":{"Key":}},</c> and, at worst, a table's <c>"":[],</c> of its own.</summary>
    private const int OperationBytes = 40;

    [MethodImpl(Jit.Hot)]
    public static int MaxOperations(WriteRoute route) => route is WriteRoute.Single ? 1 : MaxBatch;

    [MethodImpl(Jit.Hot)]
    public static int MaxBytesOf(WriteRoute route) => route is WriteRoute.Statements ? MaxStatementBytes : MaxBytes;

    [MethodImpl(Jit.Hot)]
    public static int BytesOf(WriteOperation operation) =>
        operation.Item.Json.Length + operation.Table.NameUtf8.Length + OperationBytes + (operation.Request?.Overhead ?? 0);
}
