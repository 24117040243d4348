using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws.Control;

/// <summary>The JSON form of settings and logs: camelCase, faults by name.</summary>
public static class LocalAwsJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        // A misspelt fault that silently does nothing would make a test pass for the wrong reason.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads fault settings.</summary>
    /// <exception cref="JsonException">The text is no such settings; the message says where.</exception>
    /// <exception cref="ArgumentException">A chance or delay makes no sense.</exception>
    public static FaultSettings ReadFaults(string json)
    {
        var settings = JsonSerializer.Deserialize<FaultSettings>(json, s_options) ?? FaultSettings.None;
        settings.Check();
        return settings;
    }

    /// <summary>Writes anything in this form.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);

    internal static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, s_options);
}
