using System.Globalization;

namespace DynamoBatch.Core.Restoring.Control;

/// <summary>What a journal says of the content that is restored: a run that goes on takes the same, whatever the latest time is by then.</summary>
internal static class SourceRecord
{
    /// <summary>The source that an earlier run found; null where none did.</summary>
    public static RestoreSource? Recall(RestoreJournal journal, string subject)
    {
        JournalRecord? record = journal.Find(RestoreStep.SourceResolved, subject);
        return record is null ? null : new RestoreSource(record.Fact("SourceTableArn")!)
        {
            Time = Instants.Parse(record.Fact("PointInTime")),
            BackupArn = record.Fact("BackupArn"),
            TableName = record.Fact("SourceTableName"),
            Bytes = Number(record.Fact("Bytes")),
            Items = Number(record.Fact("Items")),
            Note = record.Fact("Note") ?? string.Empty,
        };
    }

    public static void Write(RestoreJournal journal, string subject, RestoreSource source) => journal.Write(
        RestoreStep.SourceResolved,
        subject,
        ("SourceTableArn", source.SourceTableArn),
        ("PointInTime", source.Time is { } time ? RestoreIdentity.Text(time) : null),
        ("BackupArn", source.BackupArn),
        ("SourceTableName", source.TableName),
        ("Bytes", source.Bytes.ToString(CultureInfo.InvariantCulture)),
        ("Items", source.Items.ToString(CultureInfo.InvariantCulture)),
        ("Note", source.Note.Length == 0 ? null : source.Note));

    private static long Number(string? text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
