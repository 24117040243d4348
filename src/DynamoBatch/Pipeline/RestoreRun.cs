using System;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.Commands;
using DynamoBatch.Core.Restoring;
using RestoreMethod = DynamoBatch.Output.RestoreMethod;

namespace DynamoBatch.Pipeline;

/// <summary>One run of Restore-DdbTableInPlace. Whatever a Write* call throws goes through untouched.</summary>
internal sealed class RestoreRun : IDisposable
{
    private readonly RestoreSession _session;
    private IDisposable? _flow;

    public RestoreRun(RestoreDdbTableInPlaceCommand command) => _session = new RestoreSession(command);

    public void Run()
    {
        if (!_session.Open())
        {
            return;
        }

        if (_session.Command.Method is RestoreMethod.Recreate)
        {
            // It may be gone, by an earlier run.
            var recreate = new RecreateFlow(_session);
            _flow = recreate;
            recreate.Run(Identify(null));
        }
        else if (_session.TryWait("Looking at the table", FindAsync, out LiveTable live))
        {
            var reconcile = new ReconcileFlow(_session);
            _flow = reconcile;
            reconcile.Run(live, Identify(live));
        }
    }

    public void Dispose()
    {
        _session.Leave();
        _flow?.Dispose();
        _session.Dispose();
    }

    private Task<LiveTable> FindAsync(CancellationToken cancellation) => LiveTable.FindAsync(
        _session.Connection, _session.Control, _session.Command.TableName, _session.Crossing.Verbose, cancellation);

    private RestoreIdentity Identify(LiveTable? live) => _session.Try(() => _session.Parameters.Identity(_session.Connection.Endpoint, live?.Schema));
}
