using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text.Json;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Reading;
using DynamoBatch.Core.Tables;
using DynamoBatch.Core.Wire;

namespace DynamoBatch.Core.Comparing;

/// <summary>Makes keys and digests of scanned items. Not thread-safe.</summary>
internal sealed class ItemDigester
{
    /// <summary>Names that are looked at once only. A table that uses names as data has no end of them.</summary>
    private const int MaxKnown = 4096;

    private readonly CanonicalWriter _canonical = new();
    private readonly KeyReader _keys;
    private readonly HashSet<string>? _compared;
    private readonly AttributeNames _names;
    private readonly Dictionary<ReadOnlyMemory<byte>, bool> _known = new(KeyBytesComparer.Instance);

    /// <param name="schema">A table whose key both sides have.</param>
    /// <param name="compared">The attributes that are compared; null for all.</param>
    /// <param name="names">Where the names that are met are kept.</param>
    public ItemDigester(TableSchema schema, HashSet<string>? compared, AttributeNames names)
    {
        _keys = new KeyReader(schema);
        _compared = compared;
        _names = names;
    }

    /// <exception cref="JsonException">It is no item.</exception>
    /// <exception cref="ItemException">It lacks its key.</exception>
    public ScannedItem Read(ReadOnlyMemory<byte> item)
    {
        ItemDigest digest = Digest(item);
        byte[] key = _keys.Read(item.Span);
        return new ScannedItem(key, KeyBytesComparer.Instance.GetHashCode(key), digest);
    }

    /// <exception cref="JsonException">It is no item.</exception>
    public ItemDigest Digest(ReadOnlyMemory<byte> item)
    {
        _canonical.Reset();
        Utf8JsonReader reader = AnswerJson.Open(item.Span);
        while (AnswerJson.NextMember(ref reader))
        {
            if (IsCompared(ref reader, item))
            {
                _canonical.Member(ref reader);
            }
            else
            {
                AnswerJson.Pass(ref reader);
            }
        }

        _canonical.Finish();
        return Hash();
    }

    private bool IsCompared(ref Utf8JsonReader reader, ReadOnlyMemory<byte> item)
    {
        ReadOnlyMemory<byte> raw = item.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        if (!_known.TryGetValue(raw, out bool compared))
        {
            string name = JsonText.Read(ref reader);
            _names.Add(name);
            compared = _compared?.Contains(name) ?? true;
            if (_known.Count < MaxKnown)
            {
                _known.Add(raw.ToArray(), compared);
            }
        }

        return compared;
    }

    private ItemDigest Hash()
    {
#if NET8_0_OR_GREATER
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_canonical.Written, hash);
#else
        using var sha = SHA256.Create();
        Span<byte> hash = sha.ComputeHash(_canonical.Written.ToArray());
#endif
        return new ItemDigest(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.Slice(8)));
    }
}
