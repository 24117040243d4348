using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>What happens to one request. Settled when it arrives, so that timing does not change it.</summary>
internal sealed class Decision
{
    private static readonly FaultKind[] s_kinds = Enum.GetValues<FaultKind>();

    /// <summary>No fault and no delay.</summary>
    public static readonly Decision Nothing = new(new OperationFaults(), FaultKind.None, default);

    private SeededRandom _random;

    public Decision(OperationFaults faults, FaultKind? scripted, SeededRandom random)
    {
        _random = random;
        Faults = faults;
        // Drawn also when scripted, so that a script does not shift what later draws give.
        var drawn = Draw(faults.Chance);
        Fault = scripted ?? drawn;
        Latency = faults.Latency + _random.Next(faults.LatencyJitter);
        AnswerDelay = _random.Next(faults.AnswerJitter);
        LateDelay = faults.LateMin + _random.Next(faults.LateMax - faults.LateMin);
    }

    public OperationFaults Faults { get; }

    public FaultKind Fault { get; }

    public int Latency { get; }

    public int AnswerDelay { get; }

    public int LateDelay { get; }

    /// <summary>Which of so many items the fault hits: at least one.</summary>
    public bool[] Hit(int count)
    {
        var hit = new bool[count];
        var wanted = Math.Clamp((int)Math.Round(count * Faults.Share), Math.Min(1, count), count);
        var left = count;
        for (var i = 0; i < count; i++, left--)
        {
            // Each remaining item with probability wanted/left: exactly `wanted` in the end.
            if (wanted > 0 && _random.NextDouble() * left < wanted)
            {
                hit[i] = true;
                wanted--;
            }
        }

        return hit;
    }

    private FaultKind Draw(IReadOnlyDictionary<FaultKind, double> chances)
    {
        var draw = _random.NextDouble();
        // By kind, not in the dictionary's order, which depends on who made it.
        foreach (var kind in s_kinds)
        {
            if (chances.TryGetValue(kind, out var chance) && (draw -= chance) < 0)
            {
                return kind;
            }
        }

        return FaultKind.None;
    }
}
