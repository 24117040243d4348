using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>Writes a page as an about topic: plain text of 80 columns, in PowerShell's layout.</summary>
internal sealed class TopicWriter
{
    private const int Width = 80;
    private const int Step = 4;

    private readonly Page _page;
    private readonly PlainText _plain;
    private readonly Problems _problems;
    private readonly StringBuilder _text = new();

    public TopicWriter(Page page, PlainText plain, Problems problems)
    {
        _page = page;
        _plain = plain;
        _problems = problems;
    }

    public string Write()
    {
        if (_page.Root.Title != _page.Name)
        {
            _problems.Add(_page.Path, 0, $"The page should begin with '# {_page.Name}'.");
        }

        Line(0, "TOPIC");
        Line(Step, _page.Name);
        Line(0, string.Empty);
        Line(0, "SHORT DESCRIPTION");
        Blocks(_page.Root.Lead, Step);
        foreach (Section section in _page.Root.Parts)
        {
            Line(0, section.Title.ToUpperInvariant());
            Blocks(section.Lead, Step);
            foreach (Section part in section.Parts)
            {
                Line(Step, part.Title);
                Blocks(part.Lead, 2 * Step);
            }
        }

        return _text.ToString().TrimEnd() + "\n";
    }

    private void Blocks(IEnumerable<Block> blocks, int indent)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    Lines(indent, Wrapping.Lines(_plain.Of(paragraph), Width - indent));
                    break;
                case FencedCodeBlock code:
                    Code(code, indent + Step);
                    break;
                case Table table:
                    Lines(indent, TextTable.Lines(_plain.Rows(table), Width - indent));
                    break;
                case ListBlock list:
                    Items(list, indent);
                    break;
                default:
                    _plain.Refuse(block);
                    break;
            }

            if (!_text.ToString().EndsWith("\n\n", StringComparison.Ordinal))
            {
                Line(0, string.Empty);
            }
        }
    }

    private void Items(ListBlock list, int indent)
    {
        int number = 1;
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            string mark = list.IsOrdered ? $"{number++}. " : "- ";
            string text = string.Join(" ", item.OfType<LeafBlock>().Select(_plain.Of));
            bool first = true;
            foreach (string line in Wrapping.Lines(text, Width - indent - mark.Length))
            {
                Line(indent, (first ? mark : new string(' ', mark.Length)) + line);
                first = false;
            }
        }
    }

    private void Code(FencedCodeBlock code, int indent)
    {
        string[] lines = PlainText.Code(code).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length + indent > Width)
            {
                _problems.Add(_page.Path, code.Line + 1 + i, $"This line is too long by {lines[i].Length + indent - Width}: an about topic has {Width} columns, and code is indented by {indent}.");
            }
        }

        Lines(indent, lines);
    }

    private void Lines(int indent, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(indent, line);
        }
    }

    private void Line(int indent, string line) => _text.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
}
