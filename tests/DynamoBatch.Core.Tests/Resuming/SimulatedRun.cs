using System;
using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Resuming;
using Shouldly;

namespace DynamoBatch.Core.Tests.Resuming;

/// <summary>
/// One run: takes the pipeline, keeps the order of each key, sends batches to a faulty service, and keeps a checkpoint, until it
/// is done or killed. A small stand-in for the writer, which knows every kind of write.
/// </summary>
internal sealed class SimulatedRun
{
    private readonly SimulatedWorld _world;
    private readonly Random _random;
    private readonly CheckpointJournal _journal;
    private readonly ResumeGate<string, SimulatedRow> _gate;
    private readonly Dictionary<string, List<SimulatedWrite>> _keys = [];
    private readonly List<List<SimulatedWrite>> _inFlight = [];
    private readonly List<long> _unrecorded = [];
    private int _next;

    public SimulatedRun(SimulatedWorld world, Random random, CheckpointJournal journal)
    {
        _world = world;
        _random = random;
        _journal = journal;
        _gate = new ResumeGate<string, SimulatedRow>(journal.History);
    }

    public double Trouble { get; init; }

    public Dictionary<long, string> Outcomes { get; } = [];

    /// <summary>Runs for so many steps, or to the end. True where it came to its end.</summary>
    public bool Go(int steps, Func<bool> isKilled)
    {
        while (steps-- > 0)
        {
            int dice = _random.Next(3);
            if (dice == 0 && _next < _world.Input.Count && _keys.Values.Sum(k => k.Count) < 40)
            {
                Take(_world.Input[_next++]);
            }
            else if (dice == 1)
            {
                Send();
            }
            else if (_inFlight.Count > 0)
            {
                Settle(_random.Next(_inFlight.Count));
            }
            else if (_next == _world.Input.Count && _keys.Count == 0)
            {
                _gate.Complete();
                Record();
                return !isKilled();
            }

            if (isKilled())
            {
                break;
            }
        }

        Die();
        return false;
    }

    private void Take(SimulatedRow row)
    {
        _journal.Taken(row.Ordinal, row.Contribution);
        _gate.Offer(row.Offered);
        while (_gate.TryRead(out ResumeVerdict<SimulatedRow> verdict))
        {
            Follow(verdict);
        }
    }

    private void Follow(ResumeVerdict<SimulatedRow> verdict)
    {
        SimulatedRow row = verdict.Payload;
        switch (verdict.Action)
        {
            case ResumeAction.Skip:
                _world.Done.ShouldContain(row.Ordinal, "only what is done may be skipped");
                Decide(row, "done");
                break;
            case ResumeAction.Replaced:
                _world.Done.Add(row.Ordinal);
                _journal.Acknowledged(row.Ordinal);
                Decide(row, "done");
                break;
            case ResumeAction.FailedAgain:
                Decide(row, "failed");
                break;
            case ResumeAction.Unknown:
                Decide(row, "unknown");
                break;
            case ResumeAction.SendMayHaveLanded when row.Verb is SimulatedVerb.Add:
                _journal.Unknown(row.Ordinal);
                Decide(row, "unknown");
                break;
            case ResumeAction.Send when row.IsRefused:
                Fail(row);
                break;
            default:
                Enqueue(new SimulatedWrite(row) { MayHaveLanded = verdict.Action is ResumeAction.SendMayHaveLanded });
                break;
        }
    }

    private void Enqueue(SimulatedWrite write)
    {
        if (!_keys.TryGetValue(write.Row.Key, out List<SimulatedWrite>? waiting))
        {
            _keys.Add(write.Row.Key, waiting = []);
        }

        SimulatedWrite? last = waiting.LastOrDefault();
        if (last is not null && write.Row.Overwrites && last.Row.Overwrites && !last.MayHaveLanded && !write.MayHaveLanded && !IsInFlight(last))
        {
            waiting.Remove(last);
            write.Replaced.AddRange(last.Replaced);
            write.Replaced.Add(last);
            last.Replaced.Clear();
        }

        waiting.Add(write);
    }

    private bool IsInFlight(SimulatedWrite write) => _inFlight.Any(r => r.Contains(write));

    private void Send()
    {
        List<SimulatedWrite> request = _keys.Values.Select(k => k[0]).Where(w => !IsInFlight(w)).OrderBy(_ => _random.Next()).Take(_random.Next(1, 6)).ToList();
        List<long> intents = request.Where(w => !w.Row.Repeatable).Select(w => w.Row.Ordinal).ToList();
        if (request.Count == 0 || (intents.Count > 0 && !_journal.Intend(intents)))
        {
            return;
        }

        if (intents.Count > 0)
        {
            NoteRecorded();
        }

        _inFlight.Add(request);
        foreach (SimulatedWrite write in request)
        {
            _world.Recorded.ShouldNotContain(write.Row.Ordinal, "what was recorded as done is never sent again");
            write.Landed = !write.Row.IsRejected && _random.Next(2) == 0;
            if (write.Landed)
            {
                Land(write);
            }
        }
    }

    private void Land(SimulatedWrite write)
    {
        _world.Landed.Add(write.Row.Ordinal);
        _world.Table.Apply(write.Row, write.Row.Verb is SimulatedVerb.AddOnce ? RequestToken.For(_journal.Header.Id, write.Row.Ordinal, write.Row.Contribution) : null);
    }

    private void Settle(int index)
    {
        List<SimulatedWrite> request = _inFlight[index];
        _inFlight.RemoveAt(index);
        foreach (SimulatedWrite write in request)
        {
            Settle(write);
        }

        // Most often at once; a later flush only costs repetitions.
        if (_random.Next(4) > 0)
        {
            Record();
        }
    }

    private void Settle(SimulatedWrite write)
    {
        double dice = _random.NextDouble() / Math.Max(Trouble, 1e-9);
        if (write.Row.IsRejected)
        {
            Leave(write);
            Fail(write.Row, write.MayHaveLanded);
            FallBack(write);
        }
        else if (dice < 0.3)
        {
            // The answer is lost.
            write.MayHaveLanded = true;
            if (write.Row.Verb is SimulatedVerb.Add)
            {
                Leave(write);
                Fail(write.Row, mayHaveLanded: true);
            }
        }
        else if (dice < 0.6 && !write.Landed)
        {
            // Throttled: it goes back.
        }
        else if (dice < 0.8 && !write.Landed)
        {
            Leave(write);
            Fail(write.Row, write.MayHaveLanded);
            write.Replaced.ForEach(w => Fail(w.Row));
        }
        else
        {
            if (!write.Landed)
            {
                Land(write);
            }

            Leave(write);
            Acknowledge(write.Row);
            write.Replaced.ForEach(w => Acknowledge(w.Row));
        }
    }

    private void Acknowledge(SimulatedRow row)
    {
        _journal.Acknowledged(row.Ordinal);
        _world.Done.Add(row.Ordinal);
        _unrecorded.Add(row.Ordinal);
        Decide(row, "done");
    }

    private void Fail(SimulatedRow row, bool mayHaveLanded = false)
    {
        if (mayHaveLanded)
        {
            _journal.Unknown(row.Ordinal);
        }
        else
        {
            _journal.Failed(row.Ordinal, row.Contribution);
        }

        Decide(row, mayHaveLanded ? "unknown" : "failed");
    }

    private void Leave(SimulatedWrite write)
    {
        List<SimulatedWrite> waiting = _keys[write.Row.Key];
        waiting.Remove(write);
        if (waiting.Count == 0)
        {
            _keys.Remove(write.Row.Key);
        }
    }

    /// <summary>The service refused the write: the one that it had replaced is sent after all.</summary>
    private void FallBack(SimulatedWrite write)
    {
        if (write.Replaced.Count > 0)
        {
            SimulatedWrite before = write.Replaced[^1];
            before.Replaced.AddRange(write.Replaced.SkipLast(1));
            if (_keys.TryGetValue(before.Row.Key, out List<SimulatedWrite>? waiting))
            {
                waiting.Insert(0, before);
            }
            else
            {
                _keys.Add(before.Row.Key, [before]);
            }
        }
    }

    private void Record()
    {
        if (_journal.Flush())
        {
            NoteRecorded();
        }
    }

    private void NoteRecorded()
    {
        _world.Recorded.UnionWith(_unrecorded);
        _unrecorded.Clear();
    }

    private void Decide(SimulatedRow row, string outcome)
    {
        Outcomes.ShouldNotContainKey(row.Ordinal);
        Outcomes[row.Ordinal] = outcome;
    }

    /// <summary>Killed: what is in flight may land yet, before the next run begins to send.</summary>
    private void Die()
    {
        foreach (SimulatedWrite write in _inFlight.SelectMany(r => r))
        {
            _world.Uncertain.Add(write.Row.Ordinal);
            if (!write.Landed && !write.Row.IsRejected && _random.Next(2) == 0)
            {
                Land(write);
            }
        }

        // Acknowledged, and not in the file.
        _world.Uncertain.UnionWith(_unrecorded);
    }
}
