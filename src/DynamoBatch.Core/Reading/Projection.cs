using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Reading;

/// <summary>
/// Top-level attributes that are wanted of each item. Their names go as placeholders, so reserved words, dots and spaces are
/// names like any others.
/// </summary>
internal sealed class Projection
{
    /// <summary>Where each attribute that was asked for stands.</summary>
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Creates a projection.</summary>
    /// <param name="attributes">The names; case matters.</param>
    /// <param name="matchedBy">The table by whose key answers are matched, so that it is read too; null where they are not.</param>
    public Projection(IReadOnlyList<string> attributes, TableSchema? matchedBy = null)
    {
        List<string> names = attributes.Distinct(StringComparer.Ordinal).ToList();
        names.ForEach(name => _places.Add(name, _places.Count));
        foreach (KeyAttribute? key in new[] { matchedBy?.PartitionKey, matchedBy?.SortKey })
        {
            if (key is not null && !names.Contains(key.Name))
            {
                names.Add(key.Name);
            }
        }

        Names = names.Select((name, i) => new KeyValuePair<string, string>(FormattableString.Invariant($"#_{i}"), name)).ToList();
        Expression = string.Join(",", Names.Select(n => n.Key));
    }

    /// <summary>The placeholders and the names they stand for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Names { get; }

    /// <summary>The ProjectionExpression.</summary>
    public string Expression { get; }

    /// <summary>The item with what was asked for and nothing else, in the order of the asking.</summary>
    public ReadOnlyMemory<byte> Arrange(ReadOnlyMemory<byte> item)
    {
        var members = new ReadOnlyMemory<byte>[_places.Count];
        int length = 1;
        Utf8JsonReader reader = AnswerJson.Open(item.Span);
        while (AnswerJson.NextMember(ref reader))
        {
            int start = (int)reader.TokenStartIndex;
            bool wanted = _places.TryGetValue(reader.GetString()!, out int place);
            AnswerJson.Pass(ref reader);
            if (wanted)
            {
                members[place] = item.Slice(start, (int)reader.BytesConsumed - start);
                length += members[place].Length + 1;
            }
        }

        byte[] arranged = new byte[Math.Max(2, length)];
        int position = 0;
        foreach (ReadOnlyMemory<byte> member in members)
        {
            if (!member.IsEmpty)
            {
                arranged[position++] = (byte)',';
                member.Span.CopyTo(arranged.AsSpan(position));
                position += member.Length;
            }
        }

        arranged[0] = (byte)'{';
        arranged[arranged.Length - 1] = (byte)'}';
        return arranged;
    }
}
