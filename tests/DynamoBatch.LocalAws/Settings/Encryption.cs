namespace DynamoBatch.LocalAws.Settings;

/// <summary>Encryption by a KMS key, or (key null) by the key that DynamoDB owns.</summary>
internal sealed record Encryption(string? KeyArn);
