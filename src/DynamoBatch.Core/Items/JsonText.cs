using System;
using System.Text.Json;

namespace DynamoBatch.Core.Items;

/// <summary>Text in JSON that came from elsewhere.</summary>
internal static class JsonText
{
    /// <summary>The text that the reader is at.</summary>
    /// <exception cref="FormatException">It is no text: not valid UTF-8, or half of a surrogate pair.</exception>
    internal static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException ex)
        {
            throw new FormatException("Text in DynamoDB JSON is not valid UTF-8.", ex);
        }
    }
}
