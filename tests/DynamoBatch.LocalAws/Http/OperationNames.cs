using System;
using System.Collections.Generic;

namespace DynamoBatch.LocalAws.Http;

/// <summary>What kind of operation a name is.</summary>
internal static class OperationNames
{
    private static readonly HashSet<string> s_reads = new(StringComparer.Ordinal)
    {
        "BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems", "DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups",
        "DescribeBackup", "DescribeLimits", "DescribeEndpoints", "DescribeContributorInsights", "DescribeKinesisStreamingDestination",
        "DescribeExport", "DescribeImport", "DescribeGlobalTable", "DescribeTableReplicaAutoScaling", "GetResourcePolicy",
        "ListTables", "ListBackups", "ListTagsOfResource", "ListExports", "ListImports", "ListContributorInsights", "ListGlobalTables",
    };

    private static readonly HashSet<string> s_items = new(StringComparer.Ordinal)
    {
        "PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan",
    };

    private static readonly HashSet<string> s_batches = new(StringComparer.Ordinal)
    {
        "BatchWriteItem", "BatchGetItem", "TransactWriteItems", "TransactGetItems", "BatchExecuteStatement", "ExecuteStatement", "ExecuteTransaction",
    };

    /// <summary>Whether it changes nothing. PartiQL may.</summary>
    public static bool IsRead(string operation) => s_reads.Contains(operation);

    /// <summary>Whether its tables stand deep in the request: in batches, transactions and statements.</summary>
    public static bool IsBatch(string operation) => s_batches.Contains(operation);

    /// <summary>Whether it is about tables, backups and their settings, not about items.</summary>
    public static bool IsControlPlane(string operation) => operation.Length > 0 && !IsBatch(operation) && !s_items.Contains(operation);
}
