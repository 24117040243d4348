using System;
using System.Threading.Tasks;
using DynamoBatch.Core;
using DynamoBatch.Core.Wire;
using DynamoBatch.Pipeline;

namespace DynamoBatch.Connection;

/// <summary>Connection parameters to a connection. The place where a session of AWS Tools will be asked too.</summary>
internal sealed class ConnectionParameters
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly DdbCommand _command;

    public ConnectionParameters(DdbCommand command) => _command = command;

    /// <summary>
    /// Opens the connection; ends the command where there are no credentials, or no region. Works beside the pipeline thread: the
    /// SDK may ask instance metadata or a credential process, and hears no Ctrl+C.
    /// </summary>
    /// <param name="crossing">Where the pipeline thread waits.</param>
    /// <returns>The connection; null where Ctrl+C came first.</returns>
    public DdbConnection? Open(Crossing crossing)
    {
        DdbException failure;
        try
        {
            ConnectionSettings settings = ToSettings();
            Task<DdbConnection> connecting = Task.Run(() => ConnectionCache.Get(settings));
            while (!connecting.IsCompleted)
            {
                if (_command.StopToken.IsCancellationRequested)
                {
                    return null;
                }

                crossing.Wait(connecting, Tick);
            }

            return Crossing.Take(connecting);
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
