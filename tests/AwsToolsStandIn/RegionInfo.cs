namespace AwsToolsStandIn;

/// <summary>A region, as Get-AWSRegion gives it.</summary>
/// <param name="Region">Its name.</param>
public sealed record RegionInfo(string Region)
{
    /// <inheritdoc/>
    public override string ToString() => Region;
}
