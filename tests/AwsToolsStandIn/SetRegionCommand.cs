using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Sets the session's region.</summary>
[Cmdlet(VerbsCommon.Set, "DefaultAWSRegion")]
public sealed class SetRegionCommand : PSCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Region { get; set; } = string.Empty;

    /// <summary>Global, Script, Local or Private; the caller's own scope where not given.</summary>
    [Parameter]
    public string? Scope { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => SessionState.PSVariable.Set(SessionVariables.In(Scope, SessionVariables.Region), Region);
}
