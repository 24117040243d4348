using System;
using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>Makes credentials that refresh. Only for tests; AWS Tools gives such for roles and logins.</summary>
[Cmdlet(VerbsCommon.New, "RefreshingCredential")]
public sealed class NewRefreshingCredentialCommand : PSCmdlet
{
    /// <summary>What their access keys begin with.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>How long each lasts.</summary>
    [Parameter]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(new CountingCredentials(Prefix, Lifetime));
}
