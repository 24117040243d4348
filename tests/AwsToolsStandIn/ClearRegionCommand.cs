using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Clears the session's region.</summary>
[Cmdlet(VerbsCommon.Clear, "DefaultAWSRegion")]
public sealed class ClearRegionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => SessionState.PSVariable.Set(SessionVariables.Region, null);
}
