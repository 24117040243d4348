using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace DynamoBatch.Core.Resuming;

/// <summary>The first line of a checkpoint: which run it belongs to, and all that fixes the meaning of its ordinals.</summary>
internal sealed class CheckpointHeader
{
    private const int Version = 1;

    /// <summary>How every checkpoint begins, of whatever version.</summary>
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("{\"checkpoint\":");

    /// <summary>Describes a run.</summary>
    /// <param name="id">The checkpoint's identity, made once for each file.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="settings">What must be the same in each run, by the name that the user knows it by. Never a secret.</param>
    public CheckpointHeader(Guid id, string command, IReadOnlyDictionary<string, string> settings)
    {
        Id = id;
        Command = command;
        Settings = settings;
    }

    public Guid Id { get; }

    public string Command { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether a file of this content without one whole line was a checkpoint that a kill cut off in its first write.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Beginning.Length ? Beginning.AsSpan().StartsWith(bytes) : bytes.StartsWith(Beginning);

    /// <summary>Reads the first line.</summary>
    /// <exception cref="CheckpointException">It is not a header that this version understands.</exception>
    public static CheckpointHeader Parse(ReadOnlySpan<byte> line, string path)
    {
        if (!line.StartsWith(Beginning))
        {
            throw new CheckpointException(CheckpointProblem.NotACheckpoint, $"'{path}' is not a checkpoint: it holds something else. Give another path.");
        }

        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            JsonElement root = document.RootElement;
            if (root.GetProperty("checkpoint").GetInt32() != Version)
            {
                throw new CheckpointException(
                    CheckpointProblem.NotACheckpoint, $"The checkpoint '{path}' is of another version of DynamoBatch. Resume it with that version.");
            }

            var settings = root.GetProperty("settings").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
            return new CheckpointHeader(root.GetProperty("id").GetGuid(), root.GetProperty("command").GetString()!, settings);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CheckpointException(CheckpointProblem.Damaged, $"The checkpoint '{path}' is damaged in line 1.", fault);
        }
    }

    /// <summary>The line, without its end.</summary>
    public byte[] ToLine()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("checkpoint", Version);
            json.WriteString("id", Id);
            json.WriteString("command", Command);
            json.WriteStartObject("settings");
            foreach (KeyValuePair<string, string> setting in Settings.OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                json.WriteString(setting.Key, setting.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Refuses a run that would mean something else by the same ordinals.</summary>
    /// <exception cref="CheckpointException">Names the parameter, and both values.</exception>
    public void RequireSame(CheckpointHeader run, string path)
    {
        if (Command != run.Command)
        {
            throw new CheckpointException(
                CheckpointProblem.OtherCommand, $"The checkpoint '{path}' was begun by {Command}; it cannot be resumed by {run.Command}. Give another path.");
        }

        foreach (string name in Settings.Keys.Union(run.Settings.Keys, StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal))
        {
            string? before = Settings.TryGetValue(name, out string? old) ? old : null;
            string? now = run.Settings.TryGetValue(name, out string? given) ? given : null;
            if (before != now)
            {
                throw new CheckpointException(
                    CheckpointProblem.OtherCommand,
                    $"The checkpoint '{path}' was begun {(before is null ? $"without {name}" : $"with {name} '{before}'")}; this run {(now is null ? "is without it" : $"has '{now}'")}. Give the same, or another path.");
            }
        }
    }
}
