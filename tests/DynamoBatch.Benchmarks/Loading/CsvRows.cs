using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;

namespace DynamoBatch.Benchmarks.Loading;

/// <summary>The rows of a CSV file (RFC 4180, UTF-8 with or without a byte order mark); cells exactly as they are.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly CsvParser _parser;

    private CsvRows(CsvParser parser, string[] names)
    {
        _parser = parser;
        Names = names;
    }

    /// <summary>The header.</summary>
    public string[] Names { get; }

    /// <summary>Rows read so far.</summary>
    public int Count { get; private set; }

    /// <exception cref="ArgumentException">The file has no header.</exception>
    public static CsvRows Open(string path)
    {
        var parser = new CsvParser(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture));
        return parser.Read() ? new CsvRows(parser, parser.Record!) : throw new ArgumentException($"{path} is empty.");
    }

    /// <exception cref="InvalidDataException">A row has more or fewer cells than the header.</exception>
    public IEnumerable<string[]> Read()
    {
        while (_parser.Read())
        {
            string[] row = _parser.Record!;
            if (row.Length != Names.Length)
            {
                throw new InvalidDataException($"Line {_parser.RawRow} has {row.Length} cells, the header {Names.Length}.");
            }

            Count++;
            yield return row;
        }
    }

    public void Dispose() => _parser.Dispose();
}
