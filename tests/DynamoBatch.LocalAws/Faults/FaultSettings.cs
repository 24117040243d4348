using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Everything that goes wrong, and how. Immutable; decisions follow from the seed and each operation's request count.</summary>
public sealed record FaultSettings
{
    /// <summary>No fault at all, but for the limits that the backend does not know.</summary>
    public static FaultSettings None { get; } = new();

    /// <summary>The same seed and the same order of requests give the same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Faults by operation (BatchWriteItem, Scan, ...); "*" for those not named.</summary>
    public IReadOnlyDictionary<string, OperationFaults> Operations { get; init; } = new Dictionary<string, OperationFaults>();

    /// <summary>Write capacity, or null for no limit.</summary>
    public ThrottleSettings? Throttle { get; init; }

    /// <summary>Actions that are denied: "BatchWriteItem", "PartiQLUpdate", or of one table "Scan/Users". "*" is every action.</summary>
    public IReadOnlyList<string> Denied { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Actions that BatchExecuteStatement denies by statement, AccessDenied inside a 200: "PartiQLUpdate", or of one table "PartiQLUpdate/Users".
    /// In <see cref="Denied" /> the same denies the whole request.
    /// </summary>
    public IReadOnlyList<string> DeniedStatements { get; init; } = Array.Empty<string>();

    /// <summary>Access keys whose session is over (ExpiredTokenException); "*" is every key.</summary>
    public IReadOnlyList<string> ExpiredAccessKeys { get; init; } = Array.Empty<string>();

    /// <summary>Access keys that are not known (UnrecognizedClientException); "*" is every key.</summary>
    public IReadOnlyList<string> UnknownAccessKeys { get; init; } = Array.Empty<string>();

    /// <summary>The server's clock minus the real one, seconds. A client over 300 s off gets InvalidSignatureException and the server's Date.</summary>
    public int? ServerTimeOffset { get; init; }

    /// <summary>Table states shown for a while, by table.</summary>
    public IReadOnlyDictionary<string, TableStateSettings> TableStates { get; init; } = new Dictionary<string, TableStateSettings>();

    /// <summary>How long a table is UPDATING after UpdateTable, milliseconds; another change of it is refused meanwhile. 0 ends the state.</summary>
    public int UpdatingMs { get; init; }

    /// <summary>Whether two tables of the same keys are scanned in the same order, as the backend does it.</summary>
    public ScanOrder ScanOrder { get; init; }

    /// <summary>Operators and functions in one expression at most, as AWS has it and the backend does not; null: no limit.</summary>
    public int? OperatorLimit { get; init; } = 300;

    /// <summary>Reads that are not consistent show older images, or null.</summary>
    public StaleReadSettings? StaleReads { get; init; }

    internal bool HasChecks => Denied.Count + ExpiredAccessKeys.Count + UnknownAccessKeys.Count > 0 || ServerTimeOffset is not null;

    internal void Check()
    {
        foreach (var (operation, faults) in Operations)
        {
            faults.Check(operation);
        }

        if (UpdatingMs < 0)
        {
            throw new ArgumentException("updatingMs is not negative.");
        }

        if (Throttle is { } t && (t.TableWriteUnits < 0 || t.PartitionWriteUnits < 0 || t.Partitions < 1 || t.BurstSeconds <= 0))
        {
            throw new ArgumentException("throttle: units are not negative, there is at least one partition, and burstSeconds is over 0.");
        }
    }
}
