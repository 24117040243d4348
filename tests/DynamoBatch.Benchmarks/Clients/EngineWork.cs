using DynamoBatch.Core.Updating;

namespace DynamoBatch.Benchmarks.Clients;

/// <summary>What the engine is to do with the rows.</summary>
/// <param name="Columns">Which of <see cref="BenchmarkRows.Names"/> it takes. The key is the first.</param>
/// <param name="Update">How items are updated; null where they are put.</param>
/// <param name="Checkpoint">Whether the run keeps a checkpoint, in a file of its own.</param>
internal sealed record EngineWork(int[] Columns, UpdateOptions? Update = null, bool Checkpoint = false)
{
    /// <summary>Puts of whole rows.</summary>
    public static EngineWork Put { get; } = new(BenchmarkRows.AllColumns);

    /// <summary>The same, with -CheckpointPath.</summary>
    public static EngineWork PutWithCheckpoint { get; } = Put with { Checkpoint = true };

    /// <summary>Puts of as much as an update sets.</summary>
    public static EngineWork PutOfUpdated { get; } = new(BenchmarkRows.UpdatedColumns);

    /// <summary>Updates that may go as statements, 25 a request.</summary>
    public static EngineWork UpdateByStatement { get; } = new(BenchmarkRows.UpdatedColumns, new UpdateOptions());

    /// <summary>Updates that no statement can make: a request for each.</summary>
    public static EngineWork UpdateAlone { get; } = new(BenchmarkRows.UpdatedColumns, new UpdateOptions { Upsert = true });
}
