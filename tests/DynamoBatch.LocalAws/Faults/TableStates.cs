using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>The table states that are shown instead of the real ones, until their time or count is over.</summary>
internal sealed class TableStates
{
    private readonly Dictionary<string, State> _states;
    private readonly TimeProvider _time;
    private readonly long _since;

    public TableStates(IReadOnlyDictionary<string, TableStateSettings> settings, TimeProvider time)
    {
        _states = settings.ToDictionary(s => s.Key, s => new State(s.Value), StringComparer.Ordinal);
        _time = time;
        _since = time.GetTimestamp();
    }

    /// <summary>The state to show, or null for the real one.</summary>
    public string? Of(string? table, bool describes)
    {
        if (table is null || !_states.TryGetValue(table, out var state)
            || (state.Settings.ForMs is { } ms && _time.GetElapsedTime(_since).TotalMilliseconds >= ms))
        {
            return null;
        }

        if (state.Settings.ForDescribes is { } times)
        {
            var shown = describes ? Interlocked.Increment(ref state.Shown) : Volatile.Read(ref state.Shown) + 1;
            if (shown > times)
            {
                return null;
            }
        }

        return state.Settings.State;
    }

    private sealed class State(TableStateSettings settings)
    {
        public int Shown;

        public TableStateSettings Settings { get; } = settings;
    }
}
