using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace DynamoBatch.Core.Wire;

/// <summary>
/// The SDK's client with one more step in its pipeline: a request that brings its own encoded body is sent with that body.
/// Signing, credentials, endpoints and error mapping stay the SDK's.
/// </summary>
internal sealed class DynamoClient : AmazonDynamoDBClient
{
    public DynamoClient(AWSCredentials credentials, AmazonDynamoDBConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<Marshaller>(new EncodedBodyHandler());
    }
}
