using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace DynamoBatch.Core.Restoring;

/// <summary>A line of a restore's journal.</summary>
/// <param name="Step">What is told.</param>
/// <param name="Subject">Which, where there can be several; else empty.</param>
/// <param name="At">When it was told.</param>
/// <param name="Facts">What must be known to go on, by name.</param>
internal sealed record JournalRecord(RestoreStep Step, string Subject, DateTimeOffset At, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>How every journal begins.</summary>
    public const string Opening = "{\"Step\":\"Started\"";

    /// <summary>A fact that may be missing.</summary>
    public string? Fact(string name) => Facts.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Reads a line; null where it is none.</summary>
    public static JournalRecord? Parse(ReadOnlySpan<byte> line)
    {
        RestoreStep? step = null;
        DateTimeOffset at = default;
        string subject = string.Empty;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                string value = reader.GetString()!;
                switch (name)
                {
                    case nameof(Step):
                        step = Enum.TryParse(value, out RestoreStep known) ? known : null;
                        break;
                    case nameof(At):
                        at = reader.GetDateTimeOffset();
                        break;
                    case nameof(Subject):
                        subject = value;
                        break;
                    default:
                        facts[name] = value;
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }

        return step is { } told ? new JournalRecord(told, subject, at, facts) : null;
    }

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(nameof(Step), Step.ToString());
            if (Subject.Length > 0)
            {
                json.WriteString(nameof(Subject), Subject);
            }

            json.WriteString(nameof(At), At.ToUniversalTime());
            foreach (KeyValuePair<string, string> fact in Facts)
            {
                json.WriteString(fact.Key, fact.Value);
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
