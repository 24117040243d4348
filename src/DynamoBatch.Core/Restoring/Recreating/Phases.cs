using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Restoring.Recreating;

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
        _journal.Write(RestoreStep.Phase, phase, ("Seconds", _clock.GetElapsedTime(start).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)));
        return result;
    }

    /// <summary>Each phase and its time, in the order in which they first ended.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> ToList() => _journal.Records
        .Where(r => r.Step is RestoreStep.Phase).GroupBy(r => r.Subject)
        .Select(g => new KeyValuePair<string, TimeSpan>(
            g.Key, TimeSpan.FromSeconds(g.Sum(r => double.Parse(r.Fact("Seconds") ?? "0", CultureInfo.InvariantCulture)))))
        .ToArray();
}
