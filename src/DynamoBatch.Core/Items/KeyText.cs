using System;
using System.Text;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>A key as people read it: <c>id='a', n=42</c>.</summary>
internal static class KeyText
{
    private const int MaxLength = 300;

    public static string Of(ReadOnlyMemory<byte> key)
    {
        using JsonDocument document = JsonDocument.Parse(key);
        return Of(document);
    }

    public static string Of(string key)
    {
        using JsonDocument document = JsonDocument.Parse(key);
        return Of(document);
    }

    private static string Of(JsonDocument document)
    {
        var text = new StringBuilder();
        foreach (JsonProperty attribute in document.RootElement.EnumerateObject())
        {
            foreach (JsonProperty value in attribute.Value.EnumerateObject())
            {
                text.Append(text.Length > 0 ? ", " : string.Empty).Append(attribute.Name).Append('=');
                text.Append(value.Name == "S" ? $"'{value.Value.GetString()}'" : value.Value.GetString());
            }
        }

        if (text.Length > MaxLength)
        {
            text.Length = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
            text.Append("...");
        }

        return text.ToString();
    }
}
