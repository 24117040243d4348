using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Log;

/// <summary>What the local AWS was asked, and what it did. Thread safe; keeps the latest records.</summary>
public sealed class RequestLog
{
    private readonly TimeProvider _time;
    private readonly int _keep;
    private readonly object _lock = new();
    private readonly Queue<RequestRecord> _records = new();
    private readonly KeyWatch _watch = new();
    private long _sequence;

    internal RequestLog(TimeProvider time, int keep, bool keys)
    {
        _time = time;
        _keep = keep;
        LogsKeys = keys;
    }

    /// <summary>Whether keys of writes are logged, and watched for two in flight at once.</summary>
    public bool LogsKeys { get; set; }

    /// <summary>The records kept, in order of arrival.</summary>
    public IReadOnlyList<RequestRecord> Records
    {
        get
        {
            lock (_lock)
            {
                return _records.ToArray();
            }
        }
    }

    /// <summary>Two writes of one key in flight at once: a client that keeps order never does that.</summary>
    public IReadOnlyList<KeyViolation> KeyViolations => _watch.Violations;

    /// <summary>How many requests came since the last reset.</summary>
    public long Count => Interlocked.Read(ref _sequence);

    /// <summary>The requests that may have changed something. PartiQL counts as such.</summary>
    public IReadOnlyList<RequestRecord> Mutating => Records.Where(r => !OperationNames.IsRead(r.Operation)).ToArray();

    /// <summary>The requests of one operation.</summary>
    public IReadOnlyList<RequestRecord> Of(string operation) => Records.Where(r => r.Operation == operation).ToArray();

    /// <summary>Most requests that arrived within any one second; a hot loop shows here.</summary>
    public int MaxRequestsPerSecond(string? operation = null) =>
        Busiest(Records.Where(r => operation is null || r.Operation == operation).Select(r => r.Received));

    /// <summary>The key that was sent most often within any one second, and how often. Needs <see cref="LogsKeys" />.</summary>
    public (string? Key, int Times) MaxPerKeyPerSecond()
    {
        var busiest = ((string?)null, 0);
        foreach (var key in Records.SelectMany(r => r.Keys.Select(k => (Key: k, r.Received))).GroupBy(k => k.Key, k => k.Received))
        {
            if (Busiest(key) is var times && times > busiest.Item2)
            {
                busiest = (key.Key, times);
            }
        }

        return busiest;
    }

    /// <summary>How often each key was sent to be written, repetitions included. Needs <see cref="LogsKeys" />.</summary>
    public IReadOnlyDictionary<string, int> WritesPerKey() => PerKey(Records.SelectMany(r => r.Keys));

    /// <summary>How often each key was asked for by GetItem, BatchGetItem and TransactGetItems. Needs <see cref="LogsKeys" />.</summary>
    public IReadOnlyDictionary<string, int> ReadsPerKey() => PerKey(Records.SelectMany(r => r.ReadKeys));

    /// <summary>Most requests that were in flight at once.</summary>
    public int MaxInFlight()
    {
        var changes = Records.SelectMany(r => new[] { (At: r.Received, Change: 1), (At: r.Answered == 0 ? long.MaxValue : r.Answered, Change: -1) });
        var now = 0;
        var most = 0;
        foreach (var (_, change) in changes.OrderBy(c => c.At).ThenBy(c => c.Change))
        {
            most = Math.Max(most, now += change);
        }

        return most;
    }

    /// <summary>Forgets all records and violations; requests in flight stay watched.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _records.Clear();
            _sequence = 0;
        }

        _watch.Reset();
    }

    internal RequestRecord Arrive(string operation, int bytes)
    {
        var received = _time.GetTimestamp();
        lock (_lock)
        {
            var record = new RequestRecord(++_sequence, operation, received, bytes);
            if (_records.Count == _keep)
            {
                _records.Dequeue();
            }

            _records.Enqueue(record);
            return record;
        }
    }

    internal void Keys(RequestRecord record, IReadOnlyList<ItemWrite> writes, IReadOnlyList<string> reads)
    {
        record.Items = writes.Count + reads.Count;
        record.ReadKeys = reads;
        _watch.Arrive(record, writes);
    }

    /// <summary>Called before the answer's first byte, so that a client which acts on it is not taken for a violator.</summary>
    internal void End(RequestRecord record, int status)
    {
        if (record.TryEnd(_time.GetTimestamp()))
        {
            record.Status = status;
            _watch.End(record);
        }
    }

    private static Dictionary<string, int> PerKey(IEnumerable<string> keys) => keys.GroupBy(k => k).ToDictionary(k => k.Key, k => k.Count());

    private int Busiest(IEnumerable<long> timestamps)
    {
        var window = new Queue<long>();
        var most = 0;
        foreach (var timestamp in timestamps.Order())
        {
            window.Enqueue(timestamp);
            while (_time.GetElapsedTime(window.Peek(), timestamp).TotalSeconds >= 1)
            {
                window.Dequeue();
            }

            most = Math.Max(most, window.Count);
        }

        return most;
    }
}
