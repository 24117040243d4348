using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Sets the session's credentials and region. The real one writes the default profile too.</summary>
[Cmdlet(VerbsData.Initialize, "AWSDefaultConfiguration")]
public sealed class InitializeCommand : CredentialSourceCommand
{
    /// <summary>The region.</summary>
    [Parameter(Mandatory = true)]
    public string Region { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Store();
        SessionState.PSVariable.Set(SessionVariables.In(Scope, SessionVariables.Region), Region);
    }
}
