namespace AwsToolsStandIn;

/// <summary>The answer to an assumed role.</summary>
/// <param name="Credentials">Its credentials.</param>
public sealed record RoleAnswer(RoleCredentials Credentials);
