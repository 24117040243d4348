using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Puts encoded keys together to the body of a BatchGetItem request.</summary>
internal static class BatchGetBody
{
    public static byte[] Build(ReadRequest request, bool consistent)
    {
        using var body = new MemoryStream();
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("ReturnConsumedCapacity"u8, "TOTAL"u8);
        json.WriteStartObject("RequestItems"u8);
        foreach (ReadTable table in request.Tables())
        {
            json.WriteStartObject(table.NameUtf8);
            if (consistent)
            {
                json.WriteBoolean("ConsistentRead"u8, true);
            }

            if (table.Projection is { } projection)
            {
                json.WriteString("ProjectionExpression"u8, projection.Expression);
                WriteNames(json, projection.Names);
            }

            json.WriteStartArray("Keys"u8);
            foreach (AskedKey key in request.Keys)
            {
                if (ReferenceEquals(key.Table, table))
                {
                    json.WriteRawValue(key.Key.Span, skipInputValidation: true);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.ToArray();
    }

    /// <summary>Writes ExpressionAttributeNames.</summary>
    public static void WriteNames(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> names)
    {
        json.WriteStartObject("ExpressionAttributeNames"u8);
        foreach (KeyValuePair<string, string> name in names)
        {
            json.WriteString(name.Key, name.Value);
        }

        json.WriteEndObject();
    }
}
