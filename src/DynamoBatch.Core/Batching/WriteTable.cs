using System;
using System.Text;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Batching;

/// <summary>A table as one run writes to it: its schema, its counts, and whether it has failed as a whole.</summary>
public sealed class WriteTable
{
    /// <summary>Creates the run's view of a table.</summary>
    /// <param name="schema">The table's schema.</param>
    /// <param name="ordinal">Its number in this run, from zero.</param>
    public WriteTable(TableSchema schema, int ordinal)
    {
        Schema = schema ?? throw new ArgumentNullException(nameof(schema));
        Ordinal = ordinal;
        NameUtf8 = Encoding.UTF8.GetBytes(schema.TableName);
    }

    /// <summary>The table's schema.</summary>
    public TableSchema Schema { get; }

    /// <summary>The table's name as it was asked for.</summary>
    public string Name => Schema.TableName;

    /// <summary>What has become of the items so far.</summary>
    public WriteCounts Counts { get; } = new();

    /// <summary>Why this table takes no more writes in this run; null while it does.</summary>
    public DdbException? Failure { get; internal set; }

    internal int Ordinal { get; }

    /// <summary>Whether PartiQL is not allowed here, so that each write needs a request of its own.</summary>
    internal bool StatementsDenied { get; set; }

    internal byte[] NameUtf8 { get; }

    /// <summary>When something was last written to it, in the scheduler's ticks.</summary>
    internal long LastProgress { get; set; } = long.MinValue;

    /// <summary>The last request that was counted for it.</summary>
    internal WriteRequest? LastRequest { get; set; }
}
