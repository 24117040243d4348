using System.Linq;
using DynamoBatch.Core.Restoring.Control;
using Amazon.DynamoDBv2.Model;

namespace DynamoBatch.Core.Restoring.Recreating;

/// <summary>What brings the table back, whatever happens once its deletion was asked for.</summary>
internal sealed class Rescue
{
    public Rescue(ControlPlace place, TableSettings settings, BackupDescription backup, string journalPath)
    {
        string arn = backup.BackupDetails.BackupArn;
        Command = CliText.Restore(place, RestoreTargets.For(settings, backup), arn);
        string missing = string.Join(", ", RestoreTargets.MissingIndexes(settings, backup).Select(i => i.Name));
        Text = $"The content wanted is in backup '{arn}', which is AVAILABLE. Run the same command again with -JournalPath '{journalPath}': it goes on. " +
            $"By hand, the table comes back with: {Command} ; its settings are in that journal{(missing.Length == 0 ? string.Empty : $", and the backup lacks these indexes: {missing}")}.";
    }

    /// <summary>The AWS CLI command that makes the table from the backup.</summary>
    public string Command { get; }

    /// <summary>What a message ends with.</summary>
    public string Text { get; }
}
