using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DynamoBatch.Help;

/// <summary>Markdown as plain text.</summary>
internal sealed class PlainText
{
    private readonly Site _site;
    private readonly string _path;
    private readonly Problems _problems;

    public PlainText(Site site, string path, Problems problems)
    {
        _site = site;
        _path = path;
        _problems = problems;
    }

    /// <summary>The words, without where links lead.</summary>
    public static string Raw(ContainerInline inlines) => string.Concat(inlines.Descendants().Select(i => i switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => string.Empty,
    }));

    /// <summary>The text of a paragraph.</summary>
    public string Of(LeafBlock block)
    {
        var text = new StringBuilder();
        Append(text, block.Inline!, block.Line);
        return text.ToString().Trim();
    }

    /// <summary>The code of a fence, without the last line's end.</summary>
    public static string Code(CodeBlock block) => block.Lines.ToString().TrimEnd();

    /// <summary>The cells of a table, row by row, the header first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows(Table table) => table.OfType<TableRow>()
        .Select(row => (IReadOnlyList<string>)row.OfType<TableCell>().Select(c => string.Join(" ", c.OfType<LeafBlock>().Select(Of))).ToList())
        .ToList();

    /// <summary>Says that a block cannot be shown.</summary>
    public void Refuse(Block block) =>
        _problems.Add(_path, block.Line, "Get-Help cannot show this. Use paragraphs, lists, tables and fenced code.");

    private void Append(StringBuilder text, ContainerInline inlines, int line)
    {
        foreach (Inline inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.ToString());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.ToString());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LinkInline link:
                    Append(text, link, line);
                    if (_site.Address(link.Url!) is { } address)
                    {
                        text.Append(" (").Append(address).Append(')');
                    }

                    break;
                // Stars that were meant as stars: a reader of the page would not see them.
                case EmphasisInline { DelimiterCount: 1 } emphasis:
                    _problems.Add(_path, line, $"'{Raw(emphasis)}' is in italics. Where * or _ is meant, write it as `code`; where stress is meant, use bold.");
                    break;
                case HtmlInline html:
                    _problems.Add(_path, line, $"'{html.Tag}' is HTML, and no reader sees it. Write it as `code`.");
                    break;
                case ContainerInline container:
                    Append(text, container, line);
                    break;
                default:
                    throw new NotSupportedException($"{_path}: Markdown of type {inline.GetType().Name}.");
            }
        }
    }
}
