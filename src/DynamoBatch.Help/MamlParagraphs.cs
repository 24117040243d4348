using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>Markdown as the paragraphs of MAML, which know nothing but text.</summary>
internal static class MamlParagraphs
{
    // Get-Help indents a description by 4.
    private const int Width = 76;

    public static IEnumerable<string> Of(IEnumerable<Block> blocks, PlainText plain)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    yield return plain.Of(paragraph);
                    break;
                case FencedCodeBlock code:
                    yield return PlainText.Code(code);
                    break;
                case Table table when plain.Rows(table) is var rows:
                    foreach (string row in rows[0][0] == "ErrorId" ? rows.Skip(1).Select(r => Error(rows[0], r)) : [string.Join('\n', TextTable.Lines(rows, Width))])
                    {
                        yield return row;
                    }

                    break;
                case ListBlock list:
                    foreach (ListItemBlock item in list.OfType<ListItemBlock>())
                    {
                        yield return "- " + string.Join(" ", item.OfType<LeafBlock>().Select(plain.Of));
                    }

                    break;
                default:
                    plain.Refuse(block);
                    break;
            }
        }
    }

    // 'ItemTooLarge (LimitsExceeded): the item is over 400 KB.' A fourth column says its own name.
    private static string Error(IReadOnlyList<string> header, IReadOnlyList<string> row) => string.Concat(
        row[0],
        $" ({row[1]}): {row[2]}.",
        string.Concat(header.Zip(row).Skip(3).Where(c => c.Second.Length > 0).Select(c => $" {c.First}: {c.Second}.")));
}
