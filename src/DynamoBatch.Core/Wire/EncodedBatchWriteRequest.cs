using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Wire;

/// <summary>A BatchWriteItem request whose body is already encoded.</summary>
internal sealed class EncodedBatchWriteRequest : BatchWriteItemRequest
{
    public EncodedBatchWriteRequest(byte[] body) => Body = body;

    public byte[] Body { get; }
}
