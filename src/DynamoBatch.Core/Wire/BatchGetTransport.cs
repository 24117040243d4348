using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends keys as BatchGetItem.</summary>
internal sealed class BatchGetTransport
{
    private readonly SendRequest _send;
    private readonly Func<Fault, string?, DdbException> _describe;
    private readonly bool _consistent;

    /// <summary>Creates the transport.</summary>
    /// <param name="send">Sends a body, once. It must not retry by itself.</param>
    /// <param name="describe">Words a table's or the run's failure for the user.</param>
    /// <param name="consistent">Whether reads are consistent.</param>
    public BatchGetTransport(SendRequest send, Func<Fault, string?, DdbException> describe, bool consistent)
    {
        _send = send;
        _describe = describe;
        _consistent = consistent;
    }

    public async Task<ReadReply> SendAsync(ReadRequest request, CancellationToken cancellation)
    {
        try
        {
            byte[] answer = await _send("BatchGetItem", BatchGetBody.Build(request, _consistent), cancellation).ConfigureAwait(false);
            return BatchGetAnswer.Read(request, answer);
        }
        catch (Exception exception)
        {
            Fault fault = FaultReader.Read(exception);
            return new ReadReply(fault.Reply)
            {
                Throttled = fault.Throttled,
                Reached = fault.Reached,
                Message = fault.Message,
                Cause = fault.Cause,
                Failure = fault.Reply is ReplyKind.TableFailed or ReplyKind.Fatal ? _describe(fault, request.Keys[0].Table.Name) : null,
            };
        }
    }
}
