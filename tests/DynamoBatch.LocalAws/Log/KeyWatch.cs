using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using DynamoBatch.LocalAws.Backend;

namespace DynamoBatch.LocalAws.Log;

/// <summary>Watches, independently of the client, that never two requests with one key are in flight.</summary>
internal sealed class KeyWatch
{
    private readonly ConcurrentDictionary<string, Holder> _inFlight = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<KeyViolation> _violations = new();

    public IReadOnlyList<KeyViolation> Violations => _violations.ToArray();

    public void Arrive(RequestRecord record, IReadOnlyList<ItemWrite> writes)
    {
        var keys = new List<string>(writes.Count);
        foreach (var write in writes)
        {
            if (write.Key is null)
            {
                continue;
            }

            var key = write.Table + " " + write.Key;
            var holder = new Holder(record, write.Raw);
            if (_inFlight.GetOrAdd(key, holder) is var first && first.Record != record)
            {
                _violations.Enqueue(new KeyViolation(key, first.Record.Sequence, record.Sequence, first.Raw.Span.SequenceEqual(write.Raw.Span)));
                _inFlight[key] = holder;
            }

            keys.Add(key);
        }

        record.Keys = keys;
    }

    public void End(RequestRecord record)
    {
        foreach (var key in record.Keys)
        {
            // Only its own: after a violation the later request holds the key.
            if (_inFlight.TryGetValue(key, out var holder) && holder.Record == record)
            {
                _inFlight.TryRemove(new KeyValuePair<string, Holder>(key, holder));
            }
        }
    }

    public void Reset() => _violations.Clear();

    private sealed record Holder(RequestRecord Record, ReadOnlyMemory<byte> Raw);
}
