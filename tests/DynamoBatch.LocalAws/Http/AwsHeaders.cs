namespace DynamoBatch.LocalAws.Http;

internal static class AwsHeaders
{
    public const string Target = "X-Amz-Target";
    public const string TargetPrefix = "DynamoDB_20120810.";
    public const string Crc32 = "x-amz-crc32";
    public const string RequestId = "x-amzn-RequestId";
    public const string Date = "X-Amz-Date";
    public const string ContentType = "application/x-amz-json-1.0";
}
