namespace AwsToolsStandIn;

/// <summary>Variables of the caller's scope, or of one that is named.</summary>
internal static class SessionVariables
{
    public const string Credentials = "StoredAWSCredentials";
    public const string Region = "StoredAWSRegion";

    public static string In(string? scope, string variable) => scope is null ? variable : $"{scope}:{variable}";
}
