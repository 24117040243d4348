using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backups;

/// <summary>The errors of backups and restores.</summary>
internal static class BackupErrors
{
    public static Answer TableNotFound(string table) => Create("TableNotFoundException", $"Table not found: {table}");

    public static Answer TableAlreadyExists(string table) => Create("TableAlreadyExistsException", $"Table already exists: {table}");

    public static Answer TableInUse(string table, string doing) => Create("TableInUseException", $"Table is being {doing}: {table}");

    public static Answer BackupNotFound(string? arn) => Create("BackupNotFoundException", $"Backup not found: {arn}");

    public static Answer BackupInUse(string arn, string doing) => Create("BackupInUseException", $"Backup is being {doing}: {arn}");

    public static Answer BackupsUnavailable(string table) => Create(
        "ContinuousBackupsUnavailableException", $"Backups are being enabled for the table: {table}. Please retry later");

    public static Answer RecoveryUnavailable(string table) => Create(
        "PointInTimeRecoveryUnavailableException", $"Point in time recovery is not enabled for table '{table}'");

    public static Answer InvalidRestoreTime() => Create(
        "InvalidRestoreTimeException",
        "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.");

    public static Answer TooManyRestores(int limit) => Create(
        "LimitExceededException", $"Subscriber limit exceeded: The number of concurrent restores exceeds the limit of {limit}");

    private static Answer Create(string type, string message) => AwsError.Create(400, "com.amazonaws.dynamodb.v20120810#" + type, message);
}
