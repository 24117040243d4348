using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>The session's region.</summary>
[Cmdlet(VerbsCommon.Get, "DefaultAWSRegion")]
public sealed class GetDefaultRegionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (SessionState.PSVariable.GetValue(SessionVariables.Region) is { } region)
        {
            WriteObject(new RegionInfo(region.ToString()!));
        }
    }
}
