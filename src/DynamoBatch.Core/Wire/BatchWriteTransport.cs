using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends puts and deletes as BatchWriteItem.</summary>
internal sealed class BatchWriteTransport : IWriteTransport
{
    private readonly SendRequest _send;
    private readonly Func<Fault, WriteTable?, DdbException> _describe;

    /// <summary>Creates the transport.</summary>
    /// <param name="send">Sends a body, once. It must not retry by itself.</param>
    /// <param name="describe">Words a table's or the run's failure for the user.</param>
    public BatchWriteTransport(SendRequest send, Func<Fault, WriteTable?, DdbException> describe)
    {
        _send = send;
        _describe = describe;
    }

    public async Task<WriteReply> SendAsync(WriteRequest request, CancellationToken cancellation)
    {
        try
        {
            byte[] answer = await _send("BatchWriteItem", BatchWriteBody.Build(request), cancellation).ConfigureAwait(false);
            return BatchWriteAnswer.Read(request, answer);
        }
        catch (Exception exception)
        {
            Fault fault = FaultReader.Read(exception);
            return new WriteReply(fault.Reply)
            {
                Throttled = fault.Throttled,
                Reached = fault.Reached,
                Message = fault.Message,
                Failure = fault.Reply is ReplyKind.TableFailed or ReplyKind.Fatal ? _describe(fault, request[0].Table) : null,
            };
        }
    }
}
