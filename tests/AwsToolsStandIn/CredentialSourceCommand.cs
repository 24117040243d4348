using System.Management.Automation;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace AwsToolsStandIn;

/// <summary>The ways to name credentials.</summary>
public abstract class CredentialSourceCommand : PSCmdlet
{
    /// <summary>An access key.</summary>
    [Parameter]
    public string? AccessKey { get; set; }

    /// <summary>Its secret key.</summary>
    [Parameter]
    public string? SecretKey { get; set; }

    /// <summary>The token of temporary keys.</summary>
    [Parameter]
    public string? SessionToken { get; set; }

    /// <summary>A profile.</summary>
    [Parameter]
    public string? ProfileName { get; set; }

    /// <summary>The file with the profile.</summary>
    [Parameter]
    public string? ProfileLocation { get; set; }

    /// <summary>A credentials object.</summary>
    [Parameter]
    public AWSCredentials? Credential { get; set; }

    /// <summary>Global, Script, Local or Private; the caller's own scope where not given.</summary>
    [Parameter]
    [ValidateSet("Global", "Script", "Local", "Private")]
    public string? Scope { get; set; }

    /// <summary>Stores what is named in the variable.</summary>
    private protected void Store()
    {
        AWSPSCredentials stored =
            AccessKey is not null ? new AWSPSCredentials(FromKeys(), "Supplied Key Parameters")
            : ProfileName is not null ? new AWSPSCredentials(FromProfile(ProfileName, ProfileLocation), ProfileName)
            : new AWSPSCredentials(Credential ?? throw new PSArgumentException("Name credentials."), "Credentials Object");
        SessionState.PSVariable.Set(SessionVariables.In(Scope, SessionVariables.Credentials), stored);
    }

    private AWSCredentials FromKeys() =>
        SessionToken is null ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, SessionToken);

    internal static AWSCredentials FromProfile(string name, string? location) =>
        new CredentialProfileStoreChain(location).TryGetAWSCredentials(name, out var credentials)
            ? credentials
            : throw new PSArgumentException($"There is no profile {name}.");
}
