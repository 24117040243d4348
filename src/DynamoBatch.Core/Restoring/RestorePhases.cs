using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DynamoBatch.Core.Restoring;

/// <summary>How long the phases of a restore took, over all its runs.</summary>
internal sealed class RestorePhases
{
    private readonly RestoreJournal _journal;
    private readonly TimeProvider _clock;

    public RestorePhases(RestoreJournal journal, TimeProvider clock)
    {
        _journal = journal;
        _clock = clock;
    }

    /// <summary>The phases so far, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> All => _journal.Records
        .Where(r => r.Step is RestoreStep.Phase)
        .GroupBy(r => r.Subject, StringComparer.Ordinal)
        .Select(phase => new KeyValuePair<string, TimeSpan>(
            phase.Key, TimeSpan.FromMilliseconds(phase.Sum(r => double.Parse(r.Fact("Milliseconds")!, CultureInfo.InvariantCulture)))))
        .ToArray();

    /// <summary>Measures a phase until it is disposed of.</summary>
    public IDisposable Begin(string name) => new Running(this, name);

    /// <summary>Adds what was measured elsewhere.</summary>
    public void Add(string name, TimeSpan elapsed) =>
        _journal.Write(RestoreStep.Phase, name, ("Milliseconds", elapsed.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)));

    private sealed class Running(RestorePhases phases, string name) : IDisposable
    {
        private readonly long _start = phases._clock.GetTimestamp();

        public void Dispose() => phases.Add(name, phases._clock.GetElapsedTime(_start));
    }
}
