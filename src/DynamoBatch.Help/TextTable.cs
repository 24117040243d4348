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
        // No column is made narrower than its longest word.
        int[] least = Enumerable.Range(0, natural.Length).Select(c => Math.Max(Narrow, rows.Max(r => r[c].Split(' ').Max(w => w.Length)))).ToArray();
        int[] widths = [.. natural];
        int over = widths.Sum() + (Gap.Length * (widths.Length - 1)) - width;
        for (; over > 0 && Widest(widths, least) is >= 0 and var widest; over--)
        {
            widths[widest]--;
        }

        bool headed = rows[0].Any(c => c.Length > 0);
        return over > 0 ? List(rows, width, headed) : Columns(rows, widths, headed);
    }

    // Of the columns that can give way; -1 where none can.
    private static int Widest(int[] widths, int[] least)
    {
        int widest = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            widest = widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
        }

        return widest;
    }

    private static IEnumerable<string> Columns(IReadOnlyList<IReadOnlyList<string>> rows, int[] widths, bool headed)
    {
        // Three columns of broken text would run into each other.
        bool spaced = widths.Length > 2 && rows.Any(r => r.Zip(widths).Any(c => c.First.Length > c.Second));
        IEnumerable<string> header = headed
            ? Row(rows[0], widths).Concat(Row(rows[0].Zip(widths, (c, w) => new string('-', Math.Min(c.Length, w))).ToList(), widths))
            : [];
        return header.Concat(rows.Skip(1).SelectMany(r => spaced ? Row(r, widths).Append(string.Empty) : Row(r, widths)));
    }

    private static IEnumerable<string> Row(IReadOnlyList<string> row, int[] widths)
    {
        string[][] cells = row.Select((c, i) => Wrapping.Lines(c, widths[i]).ToArray()).ToArray();
        for (int line = 0; line < cells.Max(c => c.Length); line++)
        {
            yield return string.Join(Gap, cells.Select((c, i) => (line < c.Length ? c[line] : string.Empty).PadRight(widths[i]))).TrimEnd();
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
