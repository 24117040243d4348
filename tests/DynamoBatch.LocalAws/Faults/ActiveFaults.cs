using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Settings at work: request counts, scripts, buckets and states that began when they were set.</summary>
internal sealed class ActiveFaults
{
    private readonly ConcurrentDictionary<string, OperationState> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FaultKind> _all = new();
    private readonly ConcurrentQueue<FaultKind> _mutating = new();
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
        // Each script that counts this request moves on, whatever the others say; the first fault wins.
        var scripted = First(Take(state.Script), OperationNames.IsRead(operation) ? null : Take(_mutating), Take(_all));
        if (state.Faults is null && scripted is null)
        {
            return null;
        }

        var number = Interlocked.Increment(ref state.Count);
        return new Decision(state.Faults ?? s_noFaults, scripted, new SeededRandom(Settings.Seed, operation, number));
    }

    public void Next(string operation, int after, int times, FaultKind[] faults)
    {
        var script = operation switch
        {
            FaultControl.AllOperations => _all,
            FaultControl.MutatingOperations => _mutating,
            _ => State(operation).Script,
        };
        foreach (var fault in Enumerable.Repeat(FaultKind.None, after).Concat(Enumerable.Repeat(faults, times).SelectMany(f => f)))
        {
            script.Enqueue(fault);
        }

        _decides = true;
    }

    private static readonly OperationFaults s_noFaults = new();

    private static FaultKind? Take(ConcurrentQueue<FaultKind> script) => script.TryDequeue(out var next) ? next : null;

    private static FaultKind? First(params FaultKind?[] scripted)
    {
        var said = scripted.Where(s => s is not null).ToArray();
        return said.FirstOrDefault(s => s is not FaultKind.None) ?? (said.Length > 0 ? FaultKind.None : null);
    }

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
