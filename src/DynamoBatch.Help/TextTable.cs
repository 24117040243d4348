using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>A table in columns of a fixed width; where that would be too narrow to read, a list of its rows.</summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int Narrow = 22;

    /// <summary>The lines of a table.</summary>
    /// <param name="rows">The cells, the header first. A header without text is left out.</param>
    /// <param name="width">The columns of text that there are.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        int[] natural = Enumerable.Range(0, rows[0].Count).Select(c => rows.Max(r => r[c].Length)).ToArray();
        int[] widths = [.. natural];
        while (widths.Sum() + (Gap.Length * (widths.Length - 1)) > width)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        bool headed = rows[0].Any(c => c.Length > 0);
        return widths.Zip(natural).Any(w => w.First < Narrow && w.First < w.Second) ? List(rows, width, headed) : Columns(rows, widths, headed);
    }

    private static IEnumerable<string> Columns(IReadOnlyList<IReadOnlyList<string>> rows, int[] widths, bool headed)
    {
        IEnumerable<IReadOnlyList<string>> shown = headed
            ? rows.Skip(1).Prepend(rows[0].Select(c => new string('-', c.Length)).ToList()).Prepend(rows[0])
            : rows.Skip(1);
        // Three columns of broken text would run into each other.
        bool spaced = widths.Length > 2 && rows.Any(r => r.Zip(widths).Any(c => c.First.Length > c.Second));
        foreach (IReadOnlyList<string> row in shown)
        {
            string[][] cells = row.Select((c, i) => Wrapping.Lines(c, widths[i]).ToArray()).ToArray();
            for (int line = 0; line < cells.Max(c => c.Length); line++)
            {
                yield return string.Join(Gap, cells.Select((c, i) => (line < c.Length ? c[line] : string.Empty).PadRight(widths[i]))).TrimEnd();
            }

            if (spaced && row != rows[0])
            {
                yield return string.Empty;
            }
        }
    }

    private static IEnumerable<string> List(IReadOnlyList<IReadOnlyList<string>> rows, int width, bool headed)
    {
        const string Indent = "    ";
        foreach (IReadOnlyList<string> row in rows.Skip(1))
        {
            yield return row[0];
            for (int i = 1; i < row.Count; i++)
            {
                string label = headed && rows[0].Count > 2 ? rows[0][i] + ": " : string.Empty;
                foreach (string line in Wrapping.Lines(label + row[i], width - Indent.Length))
                {
                    yield return Indent + line;
                }
            }

            yield return string.Empty;
        }
    }
}
