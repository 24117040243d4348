using System;
using System.Globalization;

namespace DynamoBatch.LocalAws.Http;

/// <summary>The checksum that DynamoDB sends with every answer (CRC-32, IEEE 802.3).</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = Table();

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = s_table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return (~crc).ToString(CultureInfo.InvariantCulture);
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
            }

            table[i] = entry;
        }

        return table;
    }
}
