using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Resuming;
using DynamoBatch.Core.Sending;

namespace DynamoBatch.Core.Wire;

/// <summary>Sends writes by the operation of their kind of request, and reads what became of each.</summary>
internal sealed class WriteTransport : IWriteTransport
{
    private readonly SendRequest _send;
    private readonly Func<Fault, WriteTable?, DdbException> _describe;
    private readonly TimeProvider _clock;

    /// <summary>Creates the transport.</summary>
    /// <param name="send">Sends a body, once. It must not retry by itself.</param>
    /// <param name="describe">Words a table's or the run's failure for the user.</param>
    /// <param name="clock">Tells when a token is too old.</param>
    public WriteTransport(SendRequest send, Func<Fault, WriteTable?, DdbException> describe, TimeProvider clock)
    {
        _send = send;
        _describe = describe;
        _clock = clock;
    }

    public async Task<WriteReply> SendAsync(WriteRequest request, CancellationToken cancellation)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (request.Route is WriteRoute.Single && request[0].RepeatUntil < now)
        {
            return new WriteReply(ReplyKind.Answered)
            {
                Items = [new ItemReply(ItemReplyKind.Unmet, "The answer was lost, and after ten minutes DynamoDB no longer knows the token by which a repetition would be safe.", FailureKind.OutcomeUnknown)],
            };
        }

        WriteReply reply = await SendOnceAsync(request, cancellation).ConfigureAwait(false);
        if (request[0].Repeat is RepeatRule.ByToken && reply.Of(0).Kind is ItemReplyKind.Ambiguous)
        {
            request[0].RepeatUntil ??= now + RequestToken.SafeLifetime;
        }

        return reply;
    }

    private async Task<WriteReply> SendOnceAsync(WriteRequest request, CancellationToken cancellation)
    {
        try
        {
            switch (request.Route)
            {
                case WriteRoute.Batch:
                    return BatchWriteAnswer.Read(request, await _send("BatchWriteItem", BatchWriteBody.Build(request), cancellation).ConfigureAwait(false));
                case WriteRoute.Statements:
                    return StatementAnswer.Read(request, await _send("BatchExecuteStatement", StatementBody.Build(request), cancellation).ConfigureAwait(false));
                default:
                    WriteOperation alone = request[0];
                    return ItemAnswer.Read(request, await _send(alone.Request!.Operation, ItemAnswer.Build(alone), cancellation).ConfigureAwait(false));
            }
        }
        catch (ServiceFaultException fault) when (request.Route is WriteRoute.Single && ItemAnswer.Read(request, fault) is { } reply)
        {
            return reply;
        }
        catch (Exception exception)
        {
            return Read(request, FaultReader.Read(exception));
        }
    }

    private WriteReply Read(WriteRequest request, Fault fault)
    {
        bool forGood = fault.Reply is ReplyKind.TableFailed || (fault.Reply is ReplyKind.Rejected && request.Count == 1);
        if (request.Route is WriteRoute.Statements && forGood)
        {
            // PartiQL needs a grant of its own. Without it, or whatever else it refuses, the plain operation's answer counts.
            for (int i = 0; i < request.Count; i++)
            {
                request[i].Table.StatementsDenied |= fault.Kind is FailureKind.AccessDenied;
            }

            return new WriteReply(ReplyKind.Answered)
            {
                Items = Enumerable.Repeat(new ItemReply(ItemReplyKind.ByItself, fault.Message), request.Count).ToArray(),
                Message = fault.Message,
            };
        }

        if (fault.Reply is ReplyKind.Rejected && fault.Message.Contains("Invalid ConditionExpression"))
        {
            // The same for every item.
            var failure = new DdbException(FailureKind.ItemRejected, $"-Condition is not accepted for table '{request[0].Table.Name}'. {fault.Message}");
            return new WriteReply(ReplyKind.TableFailed) { Message = fault.Message, Failure = failure };
        }

        return new WriteReply(fault.Reply)
        {
            Throttled = fault.Throttled,
            Reached = fault.Reached,
            Message = fault.Message,
            Cause = fault.Cause,
            Failure = fault.Reply is ReplyKind.TableFailed or ReplyKind.Fatal ? _describe(fault, request[0].Table) : null,
        };
    }
}
