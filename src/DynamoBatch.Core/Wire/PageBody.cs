using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using DynamoBatch.Core.Reading;

namespace DynamoBatch.Core.Wire;

/// <summary>Writes the bodies of Scan and Query requests.</summary>
internal sealed class PageBody
{
    private readonly PageSource _source;
    private readonly Projection? _projection;
    private readonly List<KeyValuePair<string, string>> _names;
    private readonly List<KeyValuePair<string, byte[]>> _values;

    public PageBody(PageSource source, Projection? projection)
    {
        _source = source;
        _projection = projection;
        _names = (_projection?.Names ?? []).Concat(source.Key?.Names ?? []).Concat(source.FilterNames).ToList();
        _values = (source.Key?.Values ?? []).Concat(source.FilterValues).ToList();
    }

    public byte[] Build(PageRequest request)
    {
        using var body = new MemoryStream(512);
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("TableName"u8, _source.Schema.TableName);
        json.WriteString("ReturnConsumedCapacity"u8, "TOTAL"u8);
        if (_source.Index is { } index)
        {
            json.WriteString("IndexName"u8, index.Name);
        }

        WriteRange(json, request);
        WriteExpressions(json);
        json.WriteEndObject();
        json.Flush();
        return body.ToArray();
    }

    private void WriteRange(Utf8JsonWriter json, PageRequest request)
    {
        if (request.Consistent)
        {
            json.WriteBoolean("ConsistentRead"u8, true);
        }

        if (request.Limit is { } limit)
        {
            json.WriteNumber("Limit"u8, limit);
        }

        if (_source.Descending)
        {
            json.WriteBoolean("ScanIndexForward"u8, false);
        }

        if (_source.Key is null && request.TotalSegments > 1)
        {
            json.WriteNumber("Segment"u8, request.Segment.Number);
            json.WriteNumber("TotalSegments"u8, request.TotalSegments);
        }

        if (request.StartKey is { } start)
        {
            json.WritePropertyName("ExclusiveStartKey"u8);
            json.WriteRawValue(start, skipInputValidation: true);
        }
    }

    private void WriteExpressions(Utf8JsonWriter json)
    {
        if (_source.Key is { } key)
        {
            json.WriteString("KeyConditionExpression"u8, key.Expression);
        }

        if (_source.Filter is { } filter)
        {
            json.WriteString("FilterExpression"u8, filter);
        }

        if (_projection is not null)
        {
            json.WriteString("ProjectionExpression"u8, _projection.Expression);
        }

        if (_names.Count > 0)
        {
            BatchGetBody.WriteNames(json, _names);
        }

        if (_values.Count > 0)
        {
            json.WriteStartObject("ExpressionAttributeValues"u8);
            foreach (KeyValuePair<string, byte[]> value in _values)
            {
                json.WritePropertyName(value.Key);
                json.WriteRawValue(value.Value, skipInputValidation: true);
            }

            json.WriteEndObject();
        }
    }
}
