using System.Collections.Generic;

namespace DynamoBatch.Help;

/// <summary>What is wrong with the pages, in the form in which the build reads errors.</summary>
internal sealed class Problems
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    /// <summary>Adds one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, counted from 0 as the parser does.</param>
    /// <param name="message">What is wrong, and what to write instead.</param>
    public void Add(string path, int line, string message) =>
        _found.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}({line + 1}): error DDBHELP: {message}"));
}
