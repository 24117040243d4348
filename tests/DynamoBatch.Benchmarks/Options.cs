using System;
using System.Collections.Generic;
using System.Globalization;

namespace DynamoBatch.Benchmarks;

/// <summary>The words after a command: <c>--name value</c>, and values without a name.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);
    private readonly List<string> _bare = [];

    /// <exception cref="ArgumentException">A name lacks its value.</exception>
    public Options(string[] arguments)
    {
        for (int i = 1; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                _bare.Add(arguments[i]);
            }
            else if (i + 1 < arguments.Length)
            {
                _named[arguments[i][2..]] = arguments[++i];
            }
            else
            {
                throw new ArgumentException($"{arguments[i]} lacks its value.");
            }
        }
    }

    public IReadOnlyList<string> Bare => _bare;

    public string? Text(string name) => _named.GetValueOrDefault(name);

    /// <exception cref="ArgumentException">The value is no whole number.</exception>
    public int Number(string name, int otherwise) =>
        !_named.TryGetValue(name, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new ArgumentException($"--{name} takes a whole number, not '{text}'.");
}
