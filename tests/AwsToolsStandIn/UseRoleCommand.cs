using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Answers as Use-STSRole does, and asks nobody.</summary>
[Cmdlet(VerbsOther.Use, "STSRole")]
public sealed class UseRoleCommand : PSCmdlet
{
    /// <summary>The access key to answer with.</summary>
    [Parameter(Mandatory = true)]
    public string AccessKey { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new RoleAnswer(
        new RoleCredentials { AccessKeyId = AccessKey, SecretAccessKey = "secret", SessionToken = "token" }));
}
