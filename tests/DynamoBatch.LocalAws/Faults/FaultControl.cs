using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Sets faults at run time. Requests that have arrived keep the faults they arrived under.</summary>
public sealed class FaultControl
{
    /// <summary>Every request, for <see cref="Next(string, FaultKind[])" />.</summary>
    public const string AllOperations = "*";

    /// <summary>Every request that may change something, for <see cref="Next(string, FaultKind[])" />.</summary>
    public const string MutatingOperations = "mutating";

    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private volatile ActiveFaults _active;

    internal FaultControl(FaultSettings settings, TimeProvider time)
    {
        settings.Check();
        _time = time;
        _active = new ActiveFaults(settings, time);
    }

    /// <summary>What is set now.</summary>
    public FaultSettings Current => _active.Settings;

    internal ActiveFaults Active => _active;

    /// <summary>Replaces all settings; counts, scripts and buckets start anew.</summary>
    /// <exception cref="ArgumentException">A chance or delay makes no sense.</exception>
    public void Set(FaultSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        lock (_lock)
        {
            _active = new ActiveFaults(settings, _time);
        }
    }

    /// <summary>Changes the settings, e.g. <c>Change(f => f with { Seed = 7 })</c>; counts, scripts and buckets start anew.</summary>
    public void Change(Func<FaultSettings, FaultSettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            Set(change(Current));
        }
    }

    /// <summary>Replaces the faults of one operation ("*" for those not named).</summary>
    public void For(string operation, OperationFaults faults) =>
        Change(settings => settings with { Operations = new Dictionary<string, OperationFaults>(settings.Operations) { [operation] = faults } });

    /// <summary>One fault with a chance for one operation: the short form.</summary>
    public void For(string operation, FaultKind fault, double chance = 1) =>
        For(operation, new OperationFaults { Chance = new Dictionary<FaultKind, double> { [fault] = chance } });

    /// <summary>
    /// Appends to what happens to the operation's next requests, in order, whatever chance says. <see cref="AllOperations" /> counts all
    /// requests, <see cref="MutatingOperations" /> those that may change something, PartiQL included.
    /// </summary>
    public void Next(string operation, params FaultKind[] faults) => _active.Next(operation, 0, 1, faults);

    /// <summary>As <see cref="Next(string, FaultKind[])" />, but the first requests pass, and the faults come several times over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or over 100,000.</exception>
    public void Next(string operation, int after, int times, params FaultKind[] faults)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(after, 100_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, 100_000);

        _active.Next(operation, after, times, faults);
    }

    /// <summary>No faults any more.</summary>
    public void Clear() => Set(FaultSettings.None);
}
