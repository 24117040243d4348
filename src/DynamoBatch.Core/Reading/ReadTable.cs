using System;
using System.Collections.Generic;
using System.Text;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Reading;

/// <summary>A table as one run reads keys of it: its schema, what is wanted of its items, its counts, and whether it has failed as a whole.</summary>
public sealed class ReadTable
{
    /// <summary>Creates the run's view of a table.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <param name="attributes">Top-level attributes that are wanted; null for all.</param>
    public ReadTable(TableSchema schema, IReadOnlyList<string>? attributes = null)
    {
        Schema = schema ?? throw new ArgumentNullException(nameof(schema));
        Projection = attributes is null ? null : new Projection(attributes, schema);
        NameUtf8 = Encoding.UTF8.GetBytes(schema.TableName);
    }

    /// <summary>The table's schema.</summary>
    public TableSchema Schema { get; }

    /// <summary>The table's name as it was asked for.</summary>
    public string Name => Schema.TableName;

    /// <summary>What has become of the keys so far.</summary>
    public ReadCounts Counts { get; } = new();

    /// <summary>Why this table is not read any more in this run; null while it is.</summary>
    public DdbException? Failure { get; internal set; }

    /// <summary>What is wanted of each item; null for all of it.</summary>
    internal Projection? Projection { get; }

    internal byte[] NameUtf8 { get; }

    /// <summary>When something was last read of it, in the scheduler's ticks.</summary>
    internal long LastProgress { get; set; } = long.MinValue;

    /// <summary>The last request that was counted for it.</summary>
    internal ReadRequest? LastRequest { get; set; }

    /// <summary>Keys that are waited for, or whose answers are not taken yet.</summary>
    internal Dictionary<ReadOnlyMemory<byte>, AskedKey> Asked { get; } = new(KeyBytesComparer.Instance);
}
