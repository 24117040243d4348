using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Pipeline;

/// <summary>
/// The user's script that says which items belong to a run. It sees each item of a pair as <c>$_</c>, one after the other, and a
/// pair belongs to the run where it is true for one of them. On the pipeline thread only.
/// </summary>
internal sealed class ScopeScript
{
    private readonly PSCmdlet _command;
    private readonly ScriptBlock _script;
    private readonly Func<string?>? _failing;

    /// <summary>Creates it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="script">The script.</param>
    /// <param name="failing">Called before the command ends with an error; says what stands.</param>
    public ScopeScript(PSCmdlet command, ScriptBlock script, Func<string?>? failing = null)
    {
        _command = command;
        _script = script;
        _failing = failing;
    }

    /// <summary>Whether a pair belongs to the run. Ends the command where the script fails: to guess would be to leave items out.</summary>
    /// <param name="key">The pair's key as DynamoDB JSON, for the error.</param>
    /// <param name="items">Its items; null where a side has none.</param>
    public bool Includes(ReadOnlyMemory<byte> key, params object?[] items)
    {
        RuntimeException failure;
        string cause;
        try
        {
            return Array.Exists(items, item => item is not null && IsTrueFor(item));
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (LoopFlowException exception)
        {
            // Let through, it would end the loop of whoever called the command, silently.
            cause = "it says break or continue, which end a loop and there is none";
            failure = new RuntimeException(cause, exception);
        }
        catch (RuntimeException exception)
        {
            failure = exception;
            cause = failure.Message.TrimEnd('.');
        }

        string message = $"-FilterScript failed for the item {KeyText.Of(key)}: {cause}. Let it allow for items that lack an attribute, or have it with another type.";
        message = $"{message} {_failing?.Invoke()}".TrimEnd();
        _command.ThrowTerminatingError(ErrorRecords.Script(message, failure, _script));
        throw failure;
    }

    // Stop: what the script cannot do must not pass for 'no'.
    private bool IsTrueFor(object item)
    {
        var variables = new List<PSVariable> { new("_", item), new("ErrorActionPreference", ActionPreference.Stop) };
        Collection<PSObject> result = _script.InvokeWithContext(null, variables);
        return LanguagePrimitives.IsTrue(result);
    }
}
