using System;
using System.Linq;
using System.Management.Automation.Language;

namespace DynamoBatch.Completion;

/// <summary>The word that is being typed, perhaps in quotes.</summary>
internal sealed class TypedWord
{
    private readonly bool _inDoubleQuotes;
    private readonly bool _inQuotes;
    private readonly string _text;

    public TypedWord(string? word)
    {
        string typed = word ?? string.Empty;
        _inDoubleQuotes = typed.StartsWith("\"", StringComparison.Ordinal);
        _inQuotes = _inDoubleQuotes || typed.StartsWith("'", StringComparison.Ordinal);
        string text = _inQuotes ? typed.Substring(1) : typed;
        string quote = _inDoubleQuotes ? "\"" : "'";
        text = _inQuotes && text.EndsWith(quote, StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : text;
        _text = _inDoubleQuotes ? text : text.Replace("''", "'");
    }

    /// <summary>Case is DynamoDB's matter, not that of who types.</summary>
    public bool Begins(string name) => name.StartsWith(_text, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name as it has to stand in a command.</summary>
    public string Quote(string name) =>
        _inDoubleQuotes ? '"' + string.Concat(name.Select(c => c is '`' or '$' or '"' or '\u201c' or '\u201d' or '\u201e' ? "`" + c : c.ToString())) + '"'
        : _inQuotes || !IsPlain(name) ? "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'"
        : name;

    // A number would be taken for one, a dash for a parameter.
    private static bool IsPlain(string name) =>
        name.Length > 0
        && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.' or '/' or ':' or '+')
        && name[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';
}
