using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Sets the session's credentials.</summary>
[Cmdlet(VerbsCommon.Set, "AWSCredential")]
public sealed class SetCredentialCommand : CredentialSourceCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Store();
}
