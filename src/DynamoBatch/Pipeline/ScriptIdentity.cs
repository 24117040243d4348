using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using System.Text;

namespace DynamoBatch.Pipeline;

/// <summary>
/// What makes two filter scripts the same: their text, and the values of the variables that they read from outside. Without those,
/// <c>{ $_.tenant -eq $tenant }</c> would go on with the restore of another tenant. Of the values only a hash is given: journals hold none.
/// </summary>
internal static class ScriptIdentity
{
    private const int MaxDepth = 4;

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "PSItem", "this", "input", "args", "true", "false", "null", "PSCmdlet", "MyInvocation", "PSBoundParameters", "Matches", "Error", "ErrorActionPreference",
    };

    /// <summary>The identity; null where there is no script.</summary>
    /// <param name="command">The command, whose caller's variables the script sees.</param>
    /// <param name="script">The script.</param>
    public static string? Of(PSCmdlet command, ScriptBlock? script)
    {
        if (script is null)
        {
            return null;
        }

        SessionState state = script.Module?.SessionState ?? command.SessionState;
        string[] values = Names(script).Select(name => $"${name} {Hash(state.PSVariable.GetValue(name))}").ToArray();
        return values.Length == 0 ? script.ToString() : $"{script} with {string.Join(", ", values)}";
    }

    private static IEnumerable<string> Names(ScriptBlock script)
    {
        Ast ast = script.Ast;
        HashSet<string> set = new(Own, StringComparer.OrdinalIgnoreCase);
        set.UnionWith(ast.FindAll(a => a is AssignmentStatementAst { Operator: TokenKind.Equals }, true).Select(a => ((AssignmentStatementAst)a).Left).OfType<VariableExpressionAst>().Select(Name));
        set.UnionWith(ast.FindAll(a => a is ForEachStatementAst, true).Select(a => Name(((ForEachStatementAst)a).Variable)));
        return ast.FindAll(a => a is VariableExpressionAst, true).Cast<VariableExpressionAst>().Select(Name)
            .Where(name => !set.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase);
    }

    private static string Name(VariableExpressionAst variable) => variable.VariablePath.UserPath;

    private static string Hash(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
#if NET8_0_OR_GREATER
        return Convert.ToHexString(SHA256.HashData(bytes), 0, 6);
#else
        using SHA256 sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(bytes), 0, 6).Replace("-", string.Empty);
#endif
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                text.Append("null");
                break;
            case IDictionary pairs when depth < MaxDepth:
                // The order of a hash table is another in each process.
                foreach (object key in pairs.Keys.Cast<object>().OrderBy(Text, StringComparer.Ordinal))
                {
                    Part(text.Append('{'), Text(key));
                    Write(text, pairs[key], depth + 1);
                }

                text.Append('}');
                break;
            case IEnumerable elements and not string when depth < MaxDepth:
                foreach (object? element in elements)
                {
                    text.Append('[');
                    Write(text, element, depth + 1);
                }

                text.Append(']');
                break;
            default:
                Part(text, Text(value));
                break;
        }
    }

    private static void Part(StringBuilder text, string part) => text.Append(part.Length).Append(':').Append(part);

    private static string Text(object? value) => (string)LanguagePrimitives.ConvertTo(value, typeof(string), System.Globalization.CultureInfo.InvariantCulture);
}
