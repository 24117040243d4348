using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace DynamoBatch.Core.Restoring;

/// <summary>What makes two commands the same restore: the table, the content that it gets, and the scope. What only bounds a run, such as -MaxChange, is not part of it.</summary>
internal sealed record RestoreIdentity
{
    /// <summary>The table's name.</summary>
    public required string Table { get; init; }

    /// <summary>The region or the endpoint's URL. Not the table's ARN: a table that is being recreated has none at times.</summary>
    public string Endpoint { get; init; } = string.Empty;

    public RestoreMethod Method { get; init; }

    /// <summary>The time whose content is restored; null where the source is another.</summary>
    public DateTimeOffset? PointInTime { get; init; }

    /// <summary>The latest time that can be restored, whichever that is when the restore begins.</summary>
    public bool LatestRestorableTime { get; init; }

    public string? BackupArn { get; init; }

    public string? SourceTableName { get; init; }

    /// <summary>When the damage had ended, in a three-way restore.</summary>
    public DateTimeOffset? DamageEnd { get; init; }

    public string? KeyPrefix { get; init; }

    /// <summary>The partition key's value, as DynamoDB JSON.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The text of the filter script.</summary>
    public string? FilterScript { get; init; }

    /// <summary>The attributes that are restored in items that have changed; null for all.</summary>
    public IReadOnlyCollection<string>? Attributes { get; init; }

    public bool MissingOnly { get; init; }

    public bool KeepNew { get; init; }

    public bool IncludeExpired { get; init; }

    /// <summary>The parts that are there, by the name of their parameter, in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parts => new (string Name, string? Text)[]
    {
        ("TableName", Table),
        ("Endpoint", Endpoint),
        ("Method", Method.ToString()),
        ("PointInTime", Text(PointInTime)),
        ("LatestRestorableTime", Text(LatestRestorableTime)),
        ("BackupArn", BackupArn),
        ("SourceTableName", SourceTableName),
        ("DamageEnd", Text(DamageEnd)),
        ("KeyPrefix", KeyPrefix),
        ("PartitionKey", PartitionKey),
        ("FilterScript", FilterScript),
        ("Property", Attributes is null ? null : string.Join(", ", Attributes.OrderBy(name => name, StringComparer.Ordinal))),
        ("MissingOnly", Text(MissingOnly)),
        ("KeepNew", Text(KeepNew)),
        ("IncludeExpired", Text(IncludeExpired)),
    }.Where(p => p.Text is not null).Select(p => new KeyValuePair<string, string>(p.Name, p.Text!)).ToArray();

    /// <summary>An instant as journals and messages have it.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? Text(known) : null;

    private static string? Text(bool flag) => flag ? "true" : null;
}
