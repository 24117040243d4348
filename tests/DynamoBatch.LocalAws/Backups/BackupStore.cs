using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The backups that there are.</summary>
internal sealed class BackupStore(TableContent content, BackupControl control)
{
    // As AWS keeps the backup of a deleted table.
    private const int SystemDays = 35;

    private readonly Dictionary<string, Backup> _backups = new(StringComparer.Ordinal);

    public static string SystemName(string table) => table + "$DeletedTableBackup";

    /// <summary>The table as it is now, or null.</summary>
    public async Task<SourceTable?> DescribeAsync(string table, CancellationToken cancellationToken) =>
        await content.DescribeAsync(table, cancellationToken) is { } description
            ? new SourceTable((JsonObject)description.DeepClone(), await content.DescribeTimeToLiveAsync(table, cancellationToken))
            : null;

    public Backup Add(string name, bool isSystem, SourceTable source, IReadOnlyList<byte[]> items)
    {
        // A time of its own, or two backups of one moment could have one ARN.
        var created = new DateTimeOffset(control.NextChange(), TimeSpan.Zero);
        var id = created.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];
        var backup = new Backup
        {
            Arn = $"{(string)source.Table["TableArn"]!}/backup/{id}",
            Name = name,
            IsSystem = isSystem,
            Created = created,
            Available = control.Now.AddSeconds(control.Settings.BackupTime),
            Expires = isSystem ? control.Now.AddDays(SystemDays) : null,
            Source = source,
            Items = items,
            Bytes = items.Sum(i => (long)i.Length),
        };
        lock (_backups)
        {
            _backups.Add(backup.Arn, backup);
        }

        return backup;
    }

    public Backup? Find(string arn)
    {
        lock (_backups)
        {
            return _backups.TryGetValue(arn, out var backup) && IsKept(backup) ? backup : null;
        }
    }

    /// <summary>All, in the order of their creation.</summary>
    public List<Backup> List()
    {
        lock (_backups)
        {
            return _backups.Values.Where(IsKept).OrderBy(b => b.Created).ToList();
        }
    }

    public void Remove(Backup backup)
    {
        lock (_backups)
        {
            _backups.Remove(backup.Arn);
        }
    }

    public bool IsAvailable(Backup backup) => control.Now >= backup.Available;

    private bool IsKept(Backup backup) => backup.Expires is not { } expires || control.Now < expires;
}
