using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DynamoBatch.Completion;

/// <summary>
/// Completes names. Whatever goes wrong gives no names: a completer that throws, or says something, spoils what the user types.
/// </summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    [SuppressMessage("Design", "CA1031", Justification = "No failure may reach the prompt.")]
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArrayList? errors = null;
        int count = 0;
        try
        {
            var word = new TypedWord(wordToComplete);
            var command = new TypedCommand(commandName, commandAst, fakeBoundParameters);
            errors = command.Session.PSVariable.GetValue("global:Error") as ArrayList;
            count = errors?.Count ?? 0;
            return Find(command)
                .Where(n => word.Begins(n.Name))
                .OrderBy(n => n.Name, StringComparer.OrdinalIgnoreCase)
                .Select(n => new CompletionResult(n.Code ?? word.Quote(n.Name), n.Name, CompletionResultType.ParameterValue, n.Description))
                .ToArray();
        }
        catch (Exception)
        {
            return [];
        }
        finally
        {
            // What a command that was asked could not do is no error of who types.
            while (errors?.Count > count)
            {
                errors.RemoveAt(0);
            }
        }
    }

    /// <summary>All names that may be meant.</summary>
    protected abstract IEnumerable<OfferedName> Find(TypedCommand command);
}
