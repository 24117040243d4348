using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DynamoBatch.Completion;

/// <summary>
/// The properties of the objects that a pipeline gives to the command that is being typed, where they can be told without running
/// it: those of a variable, or the columns of a CSV file.
/// </summary>
internal static class InputNames
{
    // What gives the objects on as they came.
    private static readonly string[] Passing = ["Where-Object", "where", "?", "Sort-Object", "sort"];

    public static IReadOnlyList<string> Find(TypedCommand command)
    {
        if (command.Ast.Parent is not PipelineAst pipeline)
        {
            return [];
        }

        int place = pipeline.PipelineElements.IndexOf(command.Ast);
        bool passed = pipeline.PipelineElements.Take(place).Skip(1)
            .All(e => e is CommandAst between && Passing.Contains(between.GetCommandName(), StringComparer.OrdinalIgnoreCase));
        return place < 1 || !passed ? [] : NamesOf(First(pipeline.PipelineElements[0], command.Session));
    }

    private static object? First(CommandBaseAst source, SessionState session) => source switch
    {
        CommandExpressionAst { Expression: VariableExpressionAst variable } => FirstOf(session.PSVariable.GetValue(variable.VariablePath.UserPath)),
        CommandAst import when IsPlainImport(import, session) => FirstRow(import),
        _ => null,
    };

    private static object? FirstOf(object? value)
    {
        object? target = value is PSObject wrapper ? wrapper.BaseObject : value;
        return target is IList { Count: > 0 } list ? list[0] : value;
    }

    /// <summary>Import-Csv with nothing in its arguments that would be run.</summary>
    private static bool IsPlainImport(CommandAst command, SessionState session) =>
        command.GetCommandName() is { } name
        && (name.Equals("Import-Csv", StringComparison.OrdinalIgnoreCase) || name.Equals("ipcsv", StringComparison.OrdinalIgnoreCase))
        && command.Redirections.Count == 0
        && command.CommandElements.All(e => e is StringConstantExpressionAst or CommandParameterAst { Argument: null or StringConstantExpressionAst })
        && IsOwnOfPowerShell(session.InvokeCommand.GetCommand(name, CommandTypes.All));

    /// <summary>Not a function of that name, which might do anything.</summary>
    private static bool IsOwnOfPowerShell(CommandInfo? command) =>
        (command is AliasInfo alias ? alias.ResolvedCommand : command) is CmdletInfo { Name: "Import-Csv", ModuleName: "Microsoft.PowerShell.Utility" };

    private static PSObject? FirstRow(CommandAst import)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript(import.Extent.Text + " -ErrorAction Ignore | Select-Object -First 1", useLocalScope: true).Invoke().FirstOrDefault();
    }

    private static string[] NamesOf(object? item)
    {
        object? target = item is PSObject wrapper ? wrapper.BaseObject : item;
        return target switch
        {
            null or string or ValueType => [],
            IDictionary table => table.Keys.OfType<string>().ToArray(),
            _ => PSObject.AsPSObject(item).Properties.Select(p => p.Name).ToArray(),
        };
    }
}
