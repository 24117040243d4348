using System.Linq;
using System.Management.Automation;
using System.Reflection;
using DynamoBatch.Core;

namespace DynamoBatch.Connection;

/// <summary>
/// The credentials and the region that AWS Tools for PowerShell keeps in the variables of the caller's scope. AWS Tools itself need
/// not be there, and is never loaded.
/// </summary>
internal sealed class AwsToolsSession
{
    public const string CredentialsVariable = "StoredAWSCredentials";
    public const string RegionVariable = "StoredAWSRegion";
    private const string HolderType = "AWSPSCredentials";

    private readonly SessionState _session;

    public AwsToolsSession(SessionState session) => _session = session;

    /// <summary>What Set-AWSCredential stored; null where nothing did.</summary>
    public object? StoredCredentials => Get(CredentialsVariable);

    /// <summary>What Set-DefaultAWSRegion stored; null where nothing did.</summary>
    public string? StoredRegion => Get(RegionVariable)?.ToString();

    /// <summary>Whether an object is what AWS Tools stores: a holder of credentials that shows nothing of them but a name.</summary>
    public static bool IsHolder(object value) => value.GetType().Name == HolderType;

    /// <summary>Takes the credentials object out of its holder.</summary>
    /// <param name="holder">What <see cref="IsHolder"/> is true of.</param>
    /// <exception cref="DdbException">It cannot be taken out. Never are others taken instead.</exception>
    public object Open(object holder) =>
        AskAwsTools(holder)
        ?? holder.GetType().GetProperty("Credentials", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(holder)
        ?? throw new DdbException(
            FailureKind.CredentialsInvalid,
            "The credentials of the AWS Tools session cannot be read. Import the module that set them, AWS.Tools.Common perhaps, or pass -Credential or -ProfileName.");

    /// <summary>
    /// The public way: Get-AWSCredential gives what is in the variable, here a variable of the script's own. The command must be of the
    /// assembly that made the holder, for another version of AWS Tools would not know it. Only a command that is loaded is asked.
    /// </summary>
    private object? AskAwsTools(object holder)
    {
        CmdletInfo? get = _session.InvokeCommand.GetCommands("Get-AWSCredential", CommandTypes.Cmdlet, nameIsPattern: false)
            .OfType<CmdletInfo>()
            .FirstOrDefault(c => c.ImplementingType?.Assembly == holder.GetType().Assembly);
        if (get is null)
        {
            return null;
        }

        try
        {
            // Without default parameter values: a -ProfileName among them would give another account's credentials.
            ScriptBlock script = ScriptBlock.Create($"param(${CredentialsVariable}, $command) $PSDefaultParameterValues = @{{}}; & $command");
            return _session.InvokeCommand.InvokeScript(useLocalScope: true, script, null, holder, get).FirstOrDefault()?.BaseObject;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private object? Get(string variable) => _session.PSVariable.GetValue(variable) is { } value ? ObjectShape.Unwrap(value) : null;
}
