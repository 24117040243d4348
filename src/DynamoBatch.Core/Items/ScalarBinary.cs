using System;
using System.IO;

namespace DynamoBatch.Core.Items;

/// <summary>The values that are binary in DynamoDB.</summary>
internal static class ScalarBinary
{
    /// <summary>Whether a value is binary, and its bytes (of a MemoryStream: all of them, wherever it stands).</summary>
    internal static bool TryGet(object? value, out ReadOnlyMemory<byte> bytes)
    {
        switch (value)
        {
            case byte[] array:
                bytes = array;
                return true;
            case MemoryStream stream:
                bytes = stream.TryGetBuffer(out var buffer) ? buffer : stream.ToArray();
                return true;
            case ReadOnlyMemory<byte> memory:
                bytes = memory;
                return true;
            case Memory<byte> memory:
                bytes = memory;
                return true;
            case ArraySegment<byte> segment when segment.Array != null:
                bytes = segment;
                return true;
            default:
                bytes = default;
                return false;
        }
    }

    /// <summary>Reads base64 text.</summary>
    internal static bool TryParse(string text, out byte[] bytes)
    {
        try
        {
            bytes = Convert.FromBase64String(text);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
