using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DynamoBatch.Help;

/// <summary>A command and its page, put together: for each parameter the text that goes with it.</summary>
internal sealed class CommandPage
{
    /// <summary>The sections that every page has, in their order. Others may stand between them.</summary>
    public static readonly IReadOnlyList<string> Sections =
        ["Syntax", "Description", "Examples", "Parameters", "Input", "Output", "Errors", "IAM actions", "Limits", "Related links"];

    private readonly CommonParameters _common;

    public CommandPage(Command command, Page page, CommonParameters common, PlainText plain)
    {
        Command = command;
        Page = page;
        Plain = plain;
        _common = common;
        OwnTexts = page.Find("Parameters")?.Parts.Select(s => ParameterText.Read(page, s, plain)).ToList() ?? [];
    }

    public Command Command { get; }

    public Page Page { get; }

    public PlainText Plain { get; }

    /// <summary>The page's own texts, which go before the common ones.</summary>
    public IReadOnlyList<ParameterText> OwnTexts { get; }

    /// <summary>The parameters that have no text on the page but a common one.</summary>
    public IEnumerable<Parameter> Shared => Command.Parameters.Where(p => OwnTexts.All(t => t.Name != p.Name) && _common.Find(p.Name) is not null);

    /// <summary>The parameters that the page links to the common page for.</summary>
    public IEnumerable<string> LinkedNames => (Page.Find("Parameters")?.Lead ?? []).OfType<LeafBlock>().Where(b => b.Inline is not null)
        .SelectMany(b => b.Inline!.Descendants<LinkInline>())
        .Where(l => l.Url!.StartsWith(CommonParameters.FileName + "#", StringComparison.Ordinal))
        .Select(l => PlainText.Raw(l).TrimStart('-'));

    public ParameterText? TextOf(string parameter) => OwnTexts.FirstOrDefault(t => t.Name == parameter) ?? _common.Find(parameter);

    /// <summary>Parameters in the order in which help lists them: the page's, then the common page's.</summary>
    public IReadOnlyList<Parameter> InOrder(IEnumerable<Parameter> parameters)
    {
        List<string> order = [.. OwnTexts.Concat(_common.Texts).Select(t => t.Name)];
        return parameters.OrderBy(p => order.IndexOf(p.Name)).ToList();
    }
}
