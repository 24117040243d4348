using System;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>The parts of an ARN of a table, or of a stream, index or backup of one.</summary>
internal static class TableArn
{
    private const string Marker = ":table/";

    /// <summary>The table, and what follows its ARN ("", "/stream/...", "/index/..."). Null: no such ARN.</summary>
    public static (string Table, string Part)? Split(string? arn)
    {
        if (arn is null || !arn.StartsWith("arn:", StringComparison.Ordinal) || arn.IndexOf(Marker, StringComparison.Ordinal) is not (> 0 and var at))
        {
            return null;
        }

        var name = arn[(at + Marker.Length)..];
        var end = name.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? (name, "") : (name[..end], name[end..]);
    }
}
