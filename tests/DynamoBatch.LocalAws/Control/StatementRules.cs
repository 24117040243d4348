using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>What AWS refuses of single statements and the backend executes: denied verbs, tables not there yet, and an UPDATE of a key attribute.</summary>
internal sealed class StatementRules(FaultControl faults, TableKeys keys)
{
    public async Task<Answer> ApplyAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (StatementBatch.TryParse(call.Body) is not { } batch)
        {
            return await call.ForwardAsync(call.Body, cancellationToken);
        }

        var active = faults.Active;
        var errors = new byte[]?[batch.Statements.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = await RefuseAsync(PartiQLStatement.Of(batch.Statements[i]), active, cancellationToken);
        }

        return await batch.ExecuteAsync(errors, body => call.ForwardAsync(body, cancellationToken));
    }

    private async ValueTask<byte[]?> RefuseAsync(PartiQLStatement statement, ActiveFaults active, CancellationToken cancellationToken)
    {
        if (statement.Table is not { } table)
        {
            return null;
        }

        if (ActionRules.Deny(active.Settings.DeniedStatements, statement.Action, [table], out _))
        {
            return StatementFaults.Denied(statement);
        }

        if (active.TableStates?.Of(table, describes: false) is "CREATING" or "DELETING")
        {
            return StatementBatch.Error("ResourceNotFound", "Requested resource not found", table);
        }

        return statement.SetNames.Count > 0 && await keys.GetAsync(table, cancellationToken) is { } names
            && statement.SetNames.FirstOrDefault(n => n == names.PartitionKey || n == names.SortKey) is { } name
            ? StatementBatch.Error("ValidationError",
                $"One or more parameter values were invalid: Cannot update attribute {name}. This attribute is part of the key", table)
            : null;
    }
}
