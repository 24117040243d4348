using System.Management.Automation;

namespace AwsToolsStandIn;

/// <summary>The session's credentials, or a profile's.</summary>
[Cmdlet(VerbsCommon.Get, "AWSCredential")]
public sealed class GetCredentialCommand : PSCmdlet
{
    /// <summary>A profile.</summary>
    [Parameter(Position = 0)]
    public string? ProfileName { get; set; }

    /// <summary>The file with the profile.</summary>
    [Parameter]
    public string? ProfileLocation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!string.IsNullOrEmpty(ProfileName))
        {
            WriteObject(CredentialSourceCommand.FromProfile(ProfileName, ProfileLocation));
        }
        else if (SessionState.PSVariable.Get(SessionVariables.Credentials)?.Value is AWSPSCredentials stored)
        {
            WriteObject(stored.Credentials);
        }
    }
}
