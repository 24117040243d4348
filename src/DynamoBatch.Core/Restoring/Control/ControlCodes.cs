namespace DynamoBatch.Core.Restoring.Control;

/// <summary>Error codes of the control plane that mean something to a restore.</summary>
internal static class ControlCodes
{
    public const string ResourceNotFound = "ResourceNotFoundException";
    public const string ResourceInUse = "ResourceInUseException";
    public const string TableNotFound = "TableNotFoundException";
    public const string TableInUse = "TableInUseException";
    public const string TableAlreadyExists = "TableAlreadyExistsException";
    public const string BackupNotFound = "BackupNotFoundException";
    public const string BackupInUse = "BackupInUseException";
    public const string LimitExceeded = "LimitExceededException";
    public const string PolicyNotFound = "PolicyNotFoundException";
    public const string ContinuousBackupsUnavailable = "ContinuousBackupsUnavailableException";
    public const string PointInTimeRecoveryUnavailable = "PointInTimeRecoveryUnavailableException";
    public const string InvalidRestoreTime = "InvalidRestoreTimeException";
    public const string UnknownOperation = "UnknownOperationException";
    public const string Validation = "ValidationException";
}
