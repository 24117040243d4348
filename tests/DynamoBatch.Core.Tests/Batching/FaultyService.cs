using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Batching;

namespace DynamoBatch.Core.Tests.Batching;

/// <summary>
/// A DynamoDB in virtual time that does everything a real one may do to a batch: throttle it, take a part of it, fail before or
/// after the effect, lose the answer, apply it late, answer out of order, refuse items. It watches what it is sent.
/// </summary>
internal sealed class FaultyService
{
    private readonly Random _random;
    private readonly double _trouble;
    private readonly long _latest;
    private readonly Action<Dictionary<string, int>, WriteOperation> _effect;
    private readonly HashSet<string> _inFlight = [];
    private readonly Dictionary<string, long> _lastSent = [];
    private readonly PriorityQueue<Action, long> _events = new();

    public FaultyService(Random random, double trouble, long latest, Action<Dictionary<string, int>, WriteOperation>? effect = null)
    {
        _random = random;
        _trouble = trouble;
        _latest = latest;
        _effect = effect ?? PutOrDelete;
    }

    public Dictionary<string, int> Content { get; } = [];

    public List<string> Violations { get; } = [];

    public int Requests { get; private set; }

    public long? NextEvent => _events.TryPeek(out _, out long at) ? at : null;

    /// <summary>Values that it refuses, as a real one refuses an item that breaks a rule only it knows.</summary>
    public HashSet<int> Refused { get; } = [];

    public void RunNext() => _events.Dequeue()();

    public void Receive(WriteRequest request, long now, Action<WriteReply, long> answer)
    {
        Requests++;
        WriteOperation[] writes = Enumerable.Range(0, request.Count).Select(i => request[i]).ToArray();
        Watch(request, writes, now);

        long latency = Ms(1, 40);
        bool[] all = new bool[writes.Length];
        double dice = _random.NextDouble() / Math.Max(_trouble, 1e-9);
        if (writes.Any(w => Refused.Contains((int)w.Source!)))
        {
            Answer(new WriteReply(ReplyKind.Rejected) { Message = "ValidationException" });
        }
        else if (dice < 0.2)
        {
            Answer(new WriteReply(ReplyKind.NotWritten) { Throttled = true, Message = "Throttled" });
        }
        else if (dice < 0.5 && request.Route is WriteRoute.Statements)
        {
            Answer(new WriteReply(ReplyKind.Answered) { Items = Array.ConvertAll(writes, w => ExecuteStatement(w, now + (latency / 2))) });
        }
        else if (dice < 0.5)
        {
            bool[] unprocessed = all.Select(_ => _random.Next(2) == 0).ToArray();
            Apply(writes.Where((_, i) => !unprocessed[i]), now + (latency / 2));
            Answer(new WriteReply(ReplyKind.Answered) { Items = Writes.Undone(unprocessed), Throttled = true });
        }
        else if (dice < 0.65)
        {
            Answer(new WriteReply(ReplyKind.Ambiguous) { Message = "500 before the effect" });
        }
        else if (dice < 0.8)
        {
            Apply(writes.Where(_ => _random.Next(3) > 0), now + (latency / 2));
            Answer(new WriteReply(ReplyKind.Ambiguous) { Message = "500 after part of the effect" });
        }
        else if (dice < 1)
        {
            // The answer is lost at once; the writes land on their own, each at its own time.
            foreach (WriteOperation write in writes)
            {
                Apply([write], now + latency + (long)(_random.NextDouble() * _latest));
            }

            Answer(new WriteReply(ReplyKind.Ambiguous) { Message = "cut" });
        }
        else
        {
            Apply(writes, now + (latency / 2));
            Answer(new WriteReply(ReplyKind.Answered));
        }

        void Answer(WriteReply reply) => _events.Enqueue(
            () =>
            {
                foreach (WriteOperation write in writes)
                {
                    _inFlight.Remove(Writes.KeyOf(write));
                }

                answer(reply, now + latency);
            },
            now + latency);
    }

    private void Watch(WriteRequest request, WriteOperation[] writes, long now)
    {
        if (writes.Length is 0 or > 25 || (request.Route is WriteRoute.Single && writes.Length > 1))
        {
            Violations.Add($"a request of {writes.Length}");
        }

        if (writes.Any(w => (w.Request is null) != (request.Route is WriteRoute.Batch)))
        {
            Violations.Add("writes of two kinds in one request");
        }

        foreach (WriteOperation write in writes)
        {
            string key = Writes.KeyOf(write);
            if (!_inFlight.Add(key))
            {
                Violations.Add($"two requests with {key} at {now}");
            }

            _lastSent[key] = now;
        }
    }

    /// <summary>One statement of a batch has its own fate.</summary>
    private ItemReply ExecuteStatement(WriteOperation write, long at)
    {
        int fate = _random.Next(6);
        if (fate is 0 or 1 or 2)
        {
            Apply([write], at);
        }

        return fate switch
        {
            0 or 1 => new ItemReply(ItemReplyKind.Written),
            2 => new ItemReply(ItemReplyKind.Ambiguous, "InternalServerError after the effect"),
            3 => new ItemReply(ItemReplyKind.Ambiguous, "InternalServerError before the effect"),
            4 => new ItemReply(ItemReplyKind.NotWritten, "ThrottlingError"),
            _ => new ItemReply(ItemReplyKind.ByItself, "ValidationError"),
        };
    }

    private void Apply(IEnumerable<WriteOperation> writes, long at)
    {
        WriteOperation[] these = writes.ToArray();
        _events.Enqueue(() => Array.ForEach(these, write => _effect(Content, write)), at);
    }

    private static void PutOrDelete(Dictionary<string, int> content, WriteOperation write)
    {
        if (write.Verb is WriteVerb.Delete)
        {
            content.Remove(Writes.KeyOf(write));
        }
        else
        {
            content[Writes.KeyOf(write)] = (int)write.Source!;
        }
    }

    private long Ms(int from, int to) => TimeSpan.FromMilliseconds(_random.Next(from, to)).Ticks;
}
