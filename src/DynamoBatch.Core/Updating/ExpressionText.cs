using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DynamoBatch.Core.Updating;

/// <summary>Collects the placeholders of expressions. Ours start with an underscore; those of the user's condition may not.</summary>
internal sealed class ExpressionText
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _placeholders = [];

    /// <summary>A placeholder for an attribute's name: any name will do, reserved words and dots too.</summary>
    public string Name(string attribute)
    {
        if (!_names.TryGetValue(attribute, out string? placeholder))
        {
            placeholder = "#_" + _names.Count;
            _names.Add(attribute, placeholder);
            _placeholders.Add(new KeyValuePair<string, string>(placeholder, attribute));
        }

        return placeholder;
    }

    /// <summary>Takes the user's own placeholders.</summary>
    public void Add(IReadOnlyDictionary<string, string> names) => _placeholders.AddRange(names);

    /// <summary><c>{"#_0":"id"}</c></summary>
    public string NamesJson() => "{" + string.Join(",", _placeholders.Select(p => Quote(p.Key) + ":" + Quote(p.Value))) + "}";

    /// <summary>Text as a JSON string.</summary>
    public static string Quote(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    /// <summary>Text in UTF-8.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
