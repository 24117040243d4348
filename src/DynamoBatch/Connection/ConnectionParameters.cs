using DynamoBatch.Core;
using DynamoBatch.Core.Wire;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Connection;

/// <summary>Connection parameters to a connection. The place where a session of AWS Tools will be asked too.</summary>
internal sealed class ConnectionParameters
{
    private readonly DdbCommand _command;

    public ConnectionParameters(DdbCommand command) => _command = command;

    /// <summary>Opens the connection; ends the command where there are no credentials, or no region.</summary>
    public DdbConnection Open()
    {
        DdbException failure;
        try
        {
            return ConnectionCache.Get(ToSettings());
        }
        catch (DdbException exception)
        {
            failure = exception;
        }

        _command.ThrowTerminatingError(ErrorRecords.Run(failure, null, null));
        throw failure;
    }

    private ConnectionSettings ToSettings() => new()
    {
        Region = _command.Region,
        EndpointUrl = _command.EndpointUrl,
        ProfileName = _command.ProfileName,
        ProfileLocation = _command.ProfileLocation,
        AccessKey = _command.AccessKey,
        SecretKey = _command.SecretKey,
        SessionToken = _command.SessionToken,
        Credentials = _command.Credential is { } credential ? CredentialBridge.From(credential) : null,
        CredentialsName = "-Credential",
    };
}
