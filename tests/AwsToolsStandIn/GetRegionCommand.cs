using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>A region by name.</summary>
[Cmdlet(VerbsCommon.Get, "AWSRegion")]
public sealed class GetRegionCommand : PSCmdlet
{
    /// <summary>Its name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string SystemName { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new RegionInfo(SystemName));
}
