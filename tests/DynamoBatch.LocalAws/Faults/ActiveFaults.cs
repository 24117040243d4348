using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Settings at work: request counts, scripts, buckets and states that began when they were set.</summary>
internal sealed class ActiveFaults
{
    private readonly ConcurrentDictionary<string, OperationState> _operations = new(StringComparer.Ordinal);
    private volatile bool _decides;

    public ActiveFaults(FaultSettings settings, TimeProvider time)
    {
        Settings = settings;
        Capacity = settings.Throttle is null ? null : new WriteCapacity(settings.Throttle, time);
        TableStates = settings.TableStates.Count == 0 ? null : new TableStates(settings.TableStates, time);
        _decides = settings.Operations.Count > 0;
    }

    public FaultSettings Settings { get; }

    public WriteCapacity? Capacity { get; }

    public TableStates? TableStates { get; }

    /// <summary>Null: nothing happens to this request.</summary>
    public Decision? Decide(string operation)
    {
        if (!_decides)
        {
            return null;
        }

        var state = State(operation);
        if (state.Faults is null && state.Script.IsEmpty)
        {
            return null;
        }

        var number = Interlocked.Increment(ref state.Count);
        FaultKind? scripted = state.Script.TryDequeue(out var next) ? next : null;
        return new Decision(state.Faults ?? s_noFaults, scripted, new SeededRandom(Settings.Seed, operation, number));
    }

    public void Next(string operation, params FaultKind[] faults)
    {
        var state = State(operation);
        foreach (var fault in faults)
        {
            state.Script.Enqueue(fault);
        }

        _decides = true;
    }

    private static readonly OperationFaults s_noFaults = new();

    private OperationState State(string operation) => _operations.GetOrAdd(operation, static (name, settings) =>
    {
        var faults = settings.Operations.GetValueOrDefault(name) ?? settings.Operations.GetValueOrDefault("*");
        return new OperationState(faults, new ConcurrentQueue<FaultKind>(faults?.Next ?? []));
    }, Settings);

    private sealed class OperationState(OperationFaults? faults, ConcurrentQueue<FaultKind> script)
    {
        public long Count;

        public OperationFaults? Faults { get; } = faults;

        public ConcurrentQueue<FaultKind> Script { get; } = script;
    }
}
