using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DynamoBatch.Core.Resuming;

/// <summary>
/// What one object of the pipeline adds to the identity of the input: 64 bits, not cryptographic, the same in every process. The
/// order of an item's attributes does not count: PowerShell's hashtables enumerate in another order each time PowerShell starts.
/// </summary>
internal static class ContributionHash
{
    /// <summary>The contribution of an object that could not be encoded.</summary>
    public const ulong Refused = 0x5245465553454431;

    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong MapSeed = 0x27D4EB2F165667C5;
    private const ulong SetSeed = 0x85EBCA77C2B2AE63;
    private const ulong ListSeed = 0x9FB21C651E98DF25;

    /// <summary>The contribution of one write.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="verb">What is done, as a number that never changes its meaning.</param>
    /// <param name="json">DynamoDB JSON as the encoder writes it: valid, without white space.</param>
    [MethodImpl(Jit.Hot)]
    public static ulong Of(ReadOnlySpan<byte> table, int verb, ReadOnlySpan<byte> json)
    {
        int at = 0;
        return Roll(Mix(Text(table) + (ulong)verb), Value(json, ref at, isSet: false));
    }

    /// <summary>The identity of an input, longer by one contribution. Unlike attributes, objects count in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Roll(ulong rolling, ulong contribution) => Mix((Rotate(rolling, 27) * Prime1) + contribution + Prime3);

    [MethodImpl(Jit.Hot)]
    private static ulong Value(ReadOnlySpan<byte> json, ref int at, bool isSet)
    {
        switch (json[at])
        {
            case (byte)'{':
                return Map(json, ref at);
            case (byte)'[':
                return List(json, ref at, isSet);
            case (byte)'"':
                return Quoted(json, ref at);
            default:
                int start = at;
                while (at < json.Length && json[at] is not ((byte)',' or (byte)'}' or (byte)']'))
                {
                    at++;
                }

                return Text(json.Slice(start, at - start)) + MapSeed;
        }
    }

    /// <summary>Members are added up, so that their order does not count.</summary>
    [MethodImpl(Jit.Hot)]
    private static ulong Map(ReadOnlySpan<byte> json, ref int at)
    {
        ulong sum = MapSeed;
        at++;
        while (json[at] != (byte)'}')
        {
            int start = at;
            ulong name = Quoted(json, ref at);

            // An array directly below one of these names is always a set: an attribute of that name would hold a map.
            bool isSet = at - start == 4 && json[start + 2] == (byte)'S' && IsSetType(json[start + 1]);
            at++;
            sum += Roll(name, Value(json, ref at, isSet));
            at += json[at] == (byte)',' ? 1 : 0;
        }

        at++;
        return Mix(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSetType(byte letter) => letter is (byte)'S' or (byte)'N' or (byte)'B';

    [MethodImpl(Jit.Hot)]
    private static ulong List(ReadOnlySpan<byte> json, ref int at, bool isSet)
    {
        ulong hash = isSet ? SetSeed : ListSeed;
        at++;
        while (json[at] != (byte)']')
        {
            ulong element = Value(json, ref at, isSet: false);
            hash = isSet ? hash + Mix(element) : Roll(hash, element);
            at += json[at] == (byte)',' ? 1 : 0;
        }

        at++;
        return Mix(hash);
    }

    [MethodImpl(Jit.Hot)]
    private static ulong Quoted(ReadOnlySpan<byte> json, ref int at)
    {
        int start = ++at;
        while (true)
        {
            at += json.Slice(at).IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                break;
            }

            at += 2;
        }

        return Text(json.Slice(start, at++ - start));
    }

    /// <summary>The rounds of XXH64, a word at a time.</summary>
    [MethodImpl(Jit.Hot)]
    private static ulong Text(ReadOnlySpan<byte> bytes)
    {
        ulong hash = Prime3 + (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Round(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes.Slice(8);
        }

        ulong tail = 0;
        foreach (byte b in bytes)
        {
            tail = (tail << 8) | b;
        }

        return Round(hash, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong hash, ulong word) => (Rotate(hash ^ (Rotate(word * Prime2, 31) * Prime1), 27) * Prime1) + Prime3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rotate(ulong value, int by) => (value << by) | (value >> (64 - by));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * Prime2;
        value = (value ^ (value >> 29)) * Prime3;
        return value ^ (value >> 32);
    }
}
