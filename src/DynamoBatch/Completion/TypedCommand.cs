using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using DynamoBatch.Connection;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Completion;

/// <summary>
/// The command that is being typed: what it would be run with. PowerShell tells of typed arguments only; splatted hash tables and
/// $PSDefaultParameterValues are looked up here.
/// </summary>
internal sealed class TypedCommand
{
    private static readonly string[] Connecting =
        ["Region", "EndpointUrl", "ProfileName", "ProfileLocation", "AccessKey", "SecretKey", "SessionToken", "Credential"];

    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unknown = new(StringComparer.OrdinalIgnoreCase);

    public TypedCommand(string name, CommandAst command, IDictionary bound)
    {
        Ast = command;
        Session = ReadSession();
        CommandInfo? info = Session.InvokeCommand.GetCommand(name, CommandTypes.All);
        info = info is AliasInfo alias ? alias.ResolvedCommand : info;
        if (info is not null)
        {
            var names = new ParameterNames(info);
            Add(names.Defaults(Session.PSVariable.GetValue("PSDefaultParameterValues") as IDictionary));
            foreach (VariableExpressionAst splat in command.CommandElements.OfType<VariableExpressionAst>().Where(v => v.Splatted))
            {
                Add(names.Splatted(Session.PSVariable.GetValue(splat.VariablePath.UserPath)));
            }

            // Its value is code that cannot be run here: a default in its stead would lead elsewhere.
            foreach (string typed in command.CommandElements.OfType<CommandParameterAst>().Select(p => names.Resolve(p.ParameterName)).OfType<string>())
            {
                _values[typed] = null;
                _unknown.Add(typed);
            }
        }

        foreach (DictionaryEntry one in bound)
        {
            string typed = (string)one.Key;
            _values[typed] = one.Value;
            _unknown.Remove(typed);
        }
    }

    public CommandAst Ast { get; }

    public SessionState Session { get; }

    /// <summary>A parameter's text; null where there is none, or it is not known.</summary>
    public string? Text(string parameter)
    {
        _values.TryGetValue(parameter, out object? value);
        value = value is PSObject wrapper ? wrapper.BaseObject : value;
        return value switch
        {
            null => null,
            ScriptBlock => throw new NotSupportedException("A default that is a script is not run to complete a name."),
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }

    /// <summary>The connection that the command would use.</summary>
    /// <exception cref="NotSupportedException">A connection parameter's value is not known before the command is run.</exception>
    public ConnectionSettings ToSettings()
    {
        if (Connecting.Any(_unknown.Contains))
        {
            throw new NotSupportedException("The connection is not known before the command is run.");
        }

        _values.TryGetValue("Credential", out object? credential);
        var settings = new ConnectionSettings
        {
            Region = Text("Region"),
            EndpointUrl = Text("EndpointUrl"),
            ProfileName = Text("ProfileName"),
            ProfileLocation = Text("ProfileLocation"),
            AccessKey = Text("AccessKey"),
            SecretKey = Text("SecretKey"),
            SessionToken = Text("SessionToken"),
        };
        return ConnectionParameters.Complete(settings, credential, new AwsToolsSession(Session));
    }

    /// <summary>The session of who types.</summary>
    private static SessionState ReadSession()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return ((EngineIntrinsics)shell.AddScript("$ExecutionContext").Invoke()[0].BaseObject).SessionState;
    }

    private void Add(IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (KeyValuePair<string, object?> value in values)
        {
            _values[value.Key] = value.Value;
        }
    }
}
