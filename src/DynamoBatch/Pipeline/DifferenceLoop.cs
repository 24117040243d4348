using System;
using System.Diagnostics;
using DynamoBatch.Conversion;
using DynamoBatch.Core.Comparing;

namespace DynamoBatch.Pipeline;

/// <summary>Takes the differences of a comparison on the pipeline thread, where the user's script can say which are in scope.</summary>
internal sealed class DifferenceLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly RestoreSession _session;
    private readonly ItemObjects _objects = new();
    private readonly ScopeScript? _scope;

    public DifferenceLoop(RestoreSession session)
    {
        _session = session;
        _scope = session.Command.FilterScript is { } script ? new ScopeScript(session.Command, script, session.TakeStanding) : null;
    }

    /// <summary>Takes them all. False where Ctrl+C came first; ends the command where the comparison fails.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="take">Given each difference, and whether it is in scope.</param>
    /// <param name="elapsed">How long it took.</param>
    public bool Run(TableComparison comparison, Action<ItemPair, bool> take, out TimeSpan elapsed)
    {
        var clock = Stopwatch.StartNew();
        while (!_session.Stopped && !comparison.IsCompleted)
        {
            ComparisonCounts counts = comparison.Counts;
            _session.Progress($"Comparing: {counts.ReferenceItems:N0} and {counts.DifferenceItems:N0} items read, {counts.Differences:N0} differences");
            _session.Serve();
            if (comparison.TryTake(out ItemPair? pair))
            {
                bool isInScope = _scope?.Includes(pair!.Key, Object(pair.Reference), Object(pair.Difference)) ?? true;
                _session.Try(() => take(pair!, isInScope));
            }
            else
            {
                _session.Crossing.Wait(Tick);
            }
        }

        elapsed = clock.Elapsed;
        if (!_session.Stopped && comparison.Failure is { } failure)
        {
            _session.Fail(failure);
        }

        if (!_session.Stopped && comparison.AttributeNames.Unmet(_session.Command.Property) is { } unmet)
        {
            _session.Command.WriteWarning(unmet);
        }

        return !_session.Stopped;
    }

    private object? Object(ReadOnlyMemory<byte> item) => item.IsEmpty ? null : _objects.Read(item.Span);
}
