using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DynamoBatch.Core.Batching;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Asks the control plane until there is an answer that stands. Thread-safe.</summary>
internal sealed class ControlCaller
{
    private readonly IAmazonDynamoDB _client;
    private readonly Func<Fault, string, DdbException> _describe;
    private readonly Action<string> _log;
    private readonly Random _random = new();
    private bool _reached;

    public ControlCaller(IAmazonDynamoDB client, ControlPlace place, Func<Fault, string, DdbException> describe, ControlPace pace, TimeProvider clock, Action<string> log)
    {
        _client = client;
        Place = place;
        _describe = describe;
        Pace = pace;
        Clock = clock;
        _log = log;
    }

    public ControlPlace Place { get; }

    public ControlPace Pace { get; }

    public TimeProvider Clock { get; }

    /// <summary>Asks. What only failed for now is repeated; a lost answer too, where repeating does no harm.</summary>
    /// <param name="action">The operation, as IAM names it.</param>
    /// <param name="subject">The table, backup or ARN that it is about.</param>
    /// <param name="repeatable">Whether asking again after a lost answer changes nothing.</param>
    /// <param name="ask">Sends the request once.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="ControlException">The service refused, or the answer was lost and may not be asked for again.</exception>
    /// <exception cref="DdbException">AccessDenied, CredentialsInvalid or EndpointUnreachable.</exception>
    public async Task<T> AskAsync<T>(
        string action, string subject, bool repeatable, Func<IAmazonDynamoDB, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        long start = Clock.GetTimestamp();
        bool told = false;
        for (int setbacks = 1; ; setbacks++)
        {
            Exception cause;
            Fault fault;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                T answer = await ask(_client, cancellation).ConfigureAwait(false);
                _reached = true;
                return answer;
            }
            catch (Exception exception)
            {
                cancellation.ThrowIfCancellationRequested();
                cause = exception;
                fault = FaultReader.Read(exception);
            }

            _reached |= fault.Reached;
            TimeSpan elapsed = Clock.GetElapsedTime(start);
            TimeSpan wait = Sending.RetryPolicy.Delay(setbacks, NextRandom());
            if ((cause as AmazonServiceException)?.ErrorCode == ControlCodes.LimitExceeded)
            {
                if (elapsed > Pace.Limit)
                {
                    throw new ControlException(action, subject, fault, cause);
                }

                if (!told)
                {
                    told = true;
                    _log($"{action} of '{subject}' has to wait: too much of that kind is under way in the account. {fault.Message}");
                }

                wait = Pace.LongestPoll;
            }
            else if (fault.Reply is ReplyKind.Fatal or ReplyKind.TableFailed or ReplyKind.Rejected)
            {
                throw Refusal(action, subject, fault, cause);
            }
            else if (fault.Reply is ReplyKind.Ambiguous && !repeatable)
            {
                throw new ControlException(action, subject, fault, cause);
            }
            else if ((fault.IsTls && !_reached) || elapsed > (_reached ? Pace.Silence : Pace.FirstAnswer))
            {
                throw _describe(fault with { Kind = FailureKind.EndpointUnreachable }, subject);
            }

            await Clock.Delay(wait, cancellation).ConfigureAwait(false);
        }
    }

    private Exception Refusal(string action, string subject, Fault fault, Exception cause)
    {
        if (fault.Kind is FailureKind.AccessDenied)
        {
            return new DdbException(
                fault.Kind,
                $"dynamodb:{action} on '{subject}' {Place.Place} was denied for {Place.Identity}. {fault.Message.TrimEnd('.')}. Allow that action, then run the same command again.",
                cause);
        }

        return fault.Reply is ReplyKind.Fatal ? _describe(fault, subject) : new ControlException(action, subject, fault, cause);
    }

    private double NextRandom()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
