using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>The faults of one operation, e.g. of BatchWriteItem. At most one fault hits a request; delays come on top.</summary>
public sealed record OperationFaults
{
    /// <summary>How probable each fault is, 0 to 1; their sum is at most 1.</summary>
    public IReadOnlyDictionary<FaultKind, double> Chance { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>What happens to the first requests, in order, before chance decides.</summary>
    public IReadOnlyList<FaultKind> Next { get; init; } = Array.Empty<FaultKind>();

    /// <summary>The share of a batch that a fault hits (unprocessed, failed statements, or in "midway" not written): at least one item, and all at 1.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Fixed delay before the effect, milliseconds.</summary>
    public int Latency { get; init; }

    /// <summary>Random delay before the effect on top, 0 to this, milliseconds.</summary>
    public int LatencyJitter { get; init; }

    /// <summary>Random delay between effect and answer, 0 to this, milliseconds: answers come in another order than effects.</summary>
    public int AnswerJitter { get; init; }

    /// <summary>The earliest that a late write lands, milliseconds.</summary>
    public int LateMin { get; init; } = 50;

    /// <summary>The latest that a late write lands, milliseconds.</summary>
    public int LateMax { get; init; } = 800;

    /// <summary>What a Throttled answer gives as its reason; null: (Table)(Read|Write)ProvisionedThroughputExceeded.</summary>
    public string? ThrottlingReason { get; init; }

    internal void Check(string operation)
    {
        var sum = 0.0;
        foreach (var (fault, chance) in Chance)
        {
            if (!(chance >= 0 && chance <= 1))
            {
                throw new ArgumentException($"{operation}: the chance of {fault} is {chance}; it must be between 0 and 1.");
            }

            sum += chance;
        }

        if (sum > 1.000001)
        {
            throw new ArgumentException($"{operation}: the chances add up to {sum}; at most one fault hits a request, so the sum is at most 1.");
        }

        if (!(Share > 0 && Share <= 1) || Latency < 0 || LatencyJitter < 0 || AnswerJitter < 0 || LateMin < 0 || LateMax < LateMin)
        {
            throw new ArgumentException($"{operation}: share must be over 0 and at most 1, delays not negative, lateMax not below lateMin.");
        }
    }
}
