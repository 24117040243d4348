using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.RegularExpressions;
using DynamoBatch.LocalAws.Http;

namespace DynamoBatch.LocalAws.Backend;

/// <summary>
/// What a PartiQL statement does to which item. Read are the plain forms: <c>UPDATE "T" SET "a"=? WHERE "pk"=?</c>,
/// <c>INSERT INTO "T" VALUE {'pk':?}</c>, <c>DELETE FROM "T" WHERE "pk"=?</c>; of others what fits.
/// </summary>
internal sealed partial class PartiQLStatement
{
    private readonly List<(string Name, Token Value)> _equalities = [];
    private readonly List<string> _setNames = [];

    private PartiQLStatement(string verb) => Verb = verb;

    /// <summary>UPDATE, INSERT, DELETE, SELECT, or whatever comes first.</summary>
    public string Verb { get; }

    /// <summary>The action that a policy grants.</summary>
    public string Action => Verb switch
    {
        "UPDATE" => "PartiQLUpdate",
        "INSERT" => "PartiQLInsert",
        "DELETE" => "PartiQLDelete",
        _ => "PartiQLSelect",
    };

    public bool Writes => Verb is "UPDATE" or "INSERT" or "DELETE";

    public string? Table { get; private set; }

    /// <summary>The attributes that an UPDATE sets.</summary>
    public IReadOnlyList<string> SetNames => _setNames;

    /// <summary>Reads a statement as BatchExecuteStatement holds it: an object with Statement and Parameters.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PartiQLStatement Of(ReadOnlyMemory<byte> json) => Parse(JsonSlices.Text(JsonSlices.Find(json, "Statement")) ?? "");

    public static PartiQLStatement Parse(string text)
    {
        var tokens = Tokenize(text);
        var statement = new PartiQLStatement(tokens is [{ Kind: 'k' } first, ..] ? first.Text.ToUpperInvariant() : "");
        var section = "";
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            depth += token.Kind is '{' or '[' or '(' ? 1 : token.Kind is '}' or ']' or ')' ? -1 : 0;
            if (token.Kind == 'k' && token.Text.ToUpperInvariant() is "UPDATE" or "INTO" or "FROM" or "SET" or "REMOVE" or "WHERE" or "VALUE" or "RETURNING")
            {
                section = token.Text.ToUpperInvariant();
            }
            else if (section is "UPDATE" or "INTO" or "FROM" && statement.Table is null && token.Kind is 'k' or 'i')
            {
                statement.Table ??= token.Text;
            }
            else if (i + 2 < tokens.Count)
            {
                statement.Take(section, depth, token, tokens[i + 1], tokens[i + 2]);
            }
        }

        return statement;
    }

    /// <summary>An item or key map, as JSON, of what the statement says is equal; null when there is nothing.</summary>
    /// <exception cref="JsonException">The parameters are no JSON.</exception>
    public ReadOnlyMemory<byte>? Attributes(ReadOnlyMemory<byte> json)
    {
        var parameters = JsonSlices.Elements(JsonSlices.Find(json, "Parameters") ?? default);
        var output = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        foreach (var (name, value) in _equalities)
        {
            if (value.Kind == '?' && value.Parameter < parameters.Count)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(parameters[value.Parameter].Span);
            }
            else if (value.Kind is 's' or 'n')
            {
                writer.WriteStartObject(name);
                writer.WriteString(value.Kind == 's' ? "S" : "N", value.Text);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenCount > 2 ? output.WrittenMemory : default(ReadOnlyMemory<byte>?);
    }

    private void Take(string section, int depth, Token name, Token sign, Token value)
    {
        switch (section)
        {
            case "SET" when depth == 0 && name.Kind is 'k' or 'i' && sign.Kind == '=':
                _setNames.Add(name.Text);
                break;
            case "WHERE" when depth == 0 && name.Kind is 'k' or 'i' && sign.Kind == '=':
                _equalities.Add((name.Text, value));
                break;
            case "VALUE" when depth == 1 && name.Kind is 's' or 'i' && sign.Kind == ':':
                _equalities.Add((name.Text, value));
                break;
        }
    }

    private static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>();
        var parameters = 0;
        foreach (Match match in Words().Matches(text))
        {
            var word = match.Value;
            tokens.Add(word[0] switch
            {
                '"' => new Token('i', Unquote(word), -1),
                '\'' => new Token('s', Unquote(word), -1),
                '?' => new Token('?', word, parameters++),
                _ when char.IsAsciiLetter(word[0]) || word[0] == '_' => new Token('k', word, -1),
                _ when word.Length > 1 || char.IsAsciiDigit(word[0]) => new Token('n', word, -1),
                _ => new Token(word[0], word, -1),
            });
        }

        return tokens;
    }

    private static string Unquote(string word) =>
        word[1..^1].Replace(word[..1] + word[..1], word[..1], StringComparison.Ordinal);

    [GeneratedRegex("""
        "(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Za-z_]\w*|-?\d[\d.]*(?:[eE][+-]?\d+)?|\S
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Words();

    /// <summary>k: keyword or bare name, i: quoted name, s: text, n: number, ?: parameter, else the sign itself.</summary>
    private readonly record struct Token(char Kind, string Text, int Parameter);
}
