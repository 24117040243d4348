using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Settings;

/// <summary>Requests and answers of the control plane as JSON trees: they are few, and small.</summary>
internal static class SettingsJson
{
    /// <summary>Null: no JSON object. The backend says so.</summary>
    public static JsonObject? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member; null when it is absent, or this is no object.</summary>
    public static JsonNode? Member(this JsonNode? json, string name) => json is JsonObject o ? o[name] : null;

    /// <summary>The text of a member; null when it is absent or no text.</summary>
    public static string? Text(this JsonNode? json, string name) =>
        json.Member(name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? json, string name) =>
        json.Member(name) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static long? Whole(this JsonNode? json, string name) =>
        json.Member(name) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static Answer Answer(JsonObject json) => AwsError.Json(200, Bytes(json));

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
