using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Clears the session's credentials.</summary>
[Cmdlet(VerbsCommon.Clear, "AWSCredential")]
public sealed class ClearCredentialCommand : PSCmdlet
{
    /// <summary>Global, Script, Local or Private; the caller's own scope where not given.</summary>
    [Parameter]
    public string? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => SessionState.PSVariable.Set(SessionVariables.In(Scope, SessionVariables.Credentials), null);
}
