using System;
using DynamoBatch.Commands;
using DynamoBatch.Core.Restoring;

namespace DynamoBatch.Pipeline;

/// <summary>One run of Restore-DdbTableInPlace. Whatever a Write* call throws goes through untouched.</summary>
internal sealed class RestoreRun : IDisposable
{
    private readonly RestoreSession _session;
    private ReconcileFlow? _flow;

    public RestoreRun(RestoreDdbTableInPlaceCommand command) => _session = new RestoreSession(command);

    public void Run()
    {
        RestoreDdbTableInPlaceCommand command = _session.Command;
        if (_session.Open() && _session.TryWait(
            "Looking at the table", c => LiveTable.FindAsync(_session.Connection, _session.Control, command.TableName, _session.Crossing.Verbose, c), out LiveTable live))
        {
            RestoreIdentity identity = _session.Try(() => _session.Parameters.Identity(live.Schema));
            _flow = new ReconcileFlow(_session);
            _flow.Run(live, identity);
        }
    }

    public void Dispose()
    {
        _session.Leave();
        _flow?.Dispose();
        _session.Dispose();
    }
}
