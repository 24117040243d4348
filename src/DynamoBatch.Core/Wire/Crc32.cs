using System;
using System.Globalization;

namespace DynamoBatch.Core.Wire;

/// <summary>The checksum that DynamoDB gives each answer (x-amz-crc32): CRC-32 as in IEEE 802.3. The SDK's own check is not public.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = CreateTable();

    /// <summary>Whether content fits its checksum; text that is no checksum fits nothing.</summary>
    public static bool Matches(ReadOnlySpan<byte> content, string checksum) =>
        uint.TryParse(checksum, NumberStyles.None, CultureInfo.InvariantCulture, out uint expected) && Compute(content) == expected;

    public static uint Compute(ReadOnlySpan<byte> content) => Append(0, content);

    /// <summary>The checksum of what went before, and of this.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> content)
    {
        uint crc = ~before;
        foreach (byte b in content)
        {
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
            }

            table[i] = value;
        }

        return table;
    }
}
