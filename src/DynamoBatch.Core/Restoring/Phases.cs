using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Restoring;

/// <summary>Measures the phases of a restore into its journal, so that those of earlier runs are known too.</summary>
internal sealed class Phases
{
    private readonly RestoreJournal _journal;
    private readonly TimeProvider _clock;

    public Phases(RestoreJournal journal, TimeProvider clock)
    {
        _journal = journal;
        _clock = clock;
    }

    public async Task<T> MeasureAsync<T>(string phase, Func<Task<T>> work)
    {
        long start = _clock.GetTimestamp();
        T result = await work().ConfigureAwait(false);
        Add(phase, _clock.GetElapsedTime(start));
        return result;
    }

    public Task MeasureAsync(string phase, Func<Task> work) => MeasureAsync(phase, async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <summary>Adds what was measured elsewhere.</summary>
    public void Add(string phase, TimeSpan elapsed) =>
        _journal.Write(RestoreStep.Phase, phase, ("Seconds", elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)));

    /// <summary>Each phase and its time, in the order in which they first ended.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> ToList() => _journal.Records
        .Where(r => r.Step is RestoreStep.Phase).GroupBy(r => r.Subject)
        .Select(g => new KeyValuePair<string, TimeSpan>(
            g.Key, TimeSpan.FromSeconds(g.Sum(r => double.Parse(r.Fact("Seconds") ?? "0", CultureInfo.InvariantCulture)))))
        .ToArray();
}
