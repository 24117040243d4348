using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>Says where the lines of a page's syntax are not the parameter sets of its command.</summary>
internal sealed partial class SyntaxCheck
{
    private const string Rest = "[<options>]";

    private readonly CommandPage _page;
    private readonly Section _section;
    private readonly Problems _problems;

    public SyntaxCheck(CommandPage page, Section section, Problems problems)
    {
        _page = page;
        _section = section;
        _problems = problems;
    }

    public void Run()
    {
        if (_section.Lead.OfType<FencedCodeBlock>().FirstOrDefault() is not { } fence)
        {
            _problems.Add(_page.Page.Path, _section.Line, "Below this heading there should be a fence with a line for each parameter set.");
            return;
        }

        List<ParameterSet> left = [.. _page.Command.Sets];
        string[] lines = PlainText.Code(fence).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (left.Find(s => IsOf(lines[i].Trim(), s)) is { } set)
            {
                left.Remove(set);
            }
            else
            {
                Report(fence.Line + 1 + i, "This line is none of the command's parameter sets that are left");
            }
        }

        if (left.Count > 0)
        {
            Report(fence.Line, "A parameter set is missing");
        }

        void Report(int line, string what) =>
            _problems.Add(_page.Page.Path, line, $"{what}. In short: {string.Join(" | ", left.Select(Line))}");
    }

    // A set as it is written at least.
    private string Line(ParameterSet set) => string.Join(
        ' ',
        new SyntaxOrder(_page).Of(set).Where(p => p.IsMandatory || p.Position is not null).Select(Token).Prepend(_page.Command.Name).Append(Rest));

    private bool IsOf(string line, ParameterSet set)
    {
        string[] tokens = Tokens().Matches(line.StartsWith(_page.Command.Name + " ", StringComparison.Ordinal) ? line[_page.Command.Name.Length..] : string.Empty).Select(m => m.Value).ToArray();
        if (string.Join(' ', tokens.Prepend(_page.Command.Name)) != line)
        {
            return false;
        }

        List<string> named = [.. tokens.Where(t => t != Rest)];
        List<string> all = [.. set.Parameters.Select(Token)];
        bool complete = named.Count == all.Count;
        return named.All(all.Contains)
            && named.Distinct().Count() == named.Count
            && (complete || tokens.Contains(Rest))
            && set.Parameters.Where(p => p.IsMandatory).All(p => named.Contains(Token(p)));
    }

    private static string Token(Parameter parameter)
    {
        string name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string token = parameter.IsSwitch ? name : $"{name} <{Short(parameter.Type)}>";
        return parameter.IsMandatory ? token : $"[{token}]";
    }

    // As PowerShell's own syntax lines have them.
    private static string Short(string type) => type switch
    {
        "Int32" => "int",
        "Int64" => "long",
        "String" or "String[]" or "Object" or "PSObject" or "DateTime" or "TimeSpan" or "ScriptBlock" => type.ToLowerInvariant(),
        _ => type,
    };

    [GeneratedRegex(@"\[<options>\]|\[?\[?-\w+\]?(?: <[^>]+>)?\]?")]
    private static partial Regex Tokens();
}
