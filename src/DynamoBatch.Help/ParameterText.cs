using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>What a page says of a parameter: a line of facts, such as 'Type: String. Alias: -AK.', and a text.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Path">The page.</param>
/// <param name="Line">The line of its heading, counted from 0.</param>
/// <param name="Facts">The line of facts; empty where there is none.</param>
/// <param name="Default">What the line of facts calls the default; null where it calls none.</param>
/// <param name="Text">What follows.</param>
internal sealed partial record ParameterText(string Name, string Path, int Line, string Facts, string? Default, IReadOnlyList<Block> Text)
{
    /// <summary>Reads a section whose heading is a parameter.</summary>
    public static ParameterText Read(Page page, Section section, PlainText plain)
    {
        string facts = section.Lead.Count > 0 && section.Lead[0] is ParagraphBlock first && plain.Of(first) is var line && line.StartsWith("Type:", StringComparison.Ordinal)
            ? line
            : string.Empty;
        Match match = DefaultFact().Match(facts);
        return new ParameterText(
            section.Title.TrimStart('-'),
            page.Path,
            section.Line,
            facts,
            match.Success ? match.Groups[1].Value : null,
            facts.Length > 0 ? section.Lead.Skip(1).ToList() : section.Lead);
    }

    /// <summary>The line of facts as it has to be: all but the default comes from the command.</summary>
    public string FactsOf(Parameter parameter) => string.Concat(
        $"Type: {parameter.Type}.",
        Default is null ? string.Empty : $" Default: {Default}.",
        parameter.Aliases.Count switch { 0 => string.Empty, 1 => " Alias: ", _ => " Aliases: " },
        string.Join(", ", parameter.Aliases.Select(a => "-" + a)),
        parameter.Aliases.Count == 0 ? string.Empty : ".",
        parameter.Values.Count == 0 ? string.Empty : $" Values: {string.Join(", ", parameter.Values)}.");

    [GeneratedRegex(@"^Type: \S+\. Default: (.+?)\.(?= Alias| Values|$)")]
    private static partial Regex DefaultFact();
}
