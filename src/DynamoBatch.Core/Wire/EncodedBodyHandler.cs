using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace DynamoBatch.Core.Wire;

/// <summary>Puts a request's encoded body in the place of the one that the SDK marshalled.</summary>
internal sealed class EncodedBodyHandler : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        Replace(executionContext);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Replace(executionContext);
        return base.InvokeAsync<T>(executionContext);
    }

    private static void Replace(IExecutionContext context)
    {
        if (context.RequestContext.OriginalRequest is EncodedBatchWriteRequest encoded)
        {
            IRequest request = context.RequestContext.Request;

            // A stream, where the marshaller left one, would win over the bytes.
            request.ContentStream?.Dispose();
            request.ContentStream = null;
            request.Content = encoded.Body;
        }
    }
}
