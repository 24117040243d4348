using System;
using System.Text;
using System.Text.Json;

namespace DynamoBatch.Pipeline;

/// <summary>A key as people read it: <c>id='a', n=42</c>.</summary>
internal static class KeyText
{
    public static string Of(ReadOnlyMemory<byte> key)
    {
        using JsonDocument document = JsonDocument.Parse(key);
        var text = new StringBuilder();
        foreach (JsonProperty attribute in document.RootElement.EnumerateObject())
        {
            foreach (JsonProperty value in attribute.Value.EnumerateObject())
            {
                text.Append(text.Length > 0 ? ", " : string.Empty).Append(attribute.Name).Append('=');
                text.Append(value.Name == "S" ? $"'{value.Value.GetString()}'" : value.Value.GetString());
            }
        }

        return text.ToString();
    }
}
