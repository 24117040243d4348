using System;
using System.Runtime.CompilerServices;
using System.Buffers;
#if NET8_0_OR_GREATER
using System.Buffers.Text;
using System.Text.Unicode;
#else
using System.Text;
#endif

namespace DynamoBatch.Core.Items;

/// <summary>
/// A reused buffer that JSON text is written to. Text is transcoded straight into it and escaped in place afterwards, which
/// is seldom needed: the transcoding also gives the length that DynamoDB counts, and refuses what is no text.
/// </summary>
internal sealed class JsonBuffer
{
#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, (byte)'"', (byte)'\\']);
#else
    private static readonly UTF8Encoding Strict = new(false, true);
#endif

    private byte[] _bytes;

    internal JsonBuffer()
        : this(new byte[1024])
    {
    }

    /// <param name="bytes">Room to begin with. Where it does not do, the text moves to a larger array.</param>
    internal JsonBuffer(byte[] bytes) => _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    internal int Length { get; private set; }

    /// <summary>What has been written.</summary>
    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Makes it as short as it once was.</summary>
    internal void Truncate(int length) => Length = length;

    /// <summary>Writes bytes as they are.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes text, escaped but without quotes.</summary>
    /// <returns>Its UTF-8 bytes before escaping, or -1 if it is not valid UTF-16 (then nothing was written).</returns>
    [MethodImpl(Jit.Hot)]
    internal int Text(ReadOnlySpan<char> text)
    {
        var free = Reserve(checked(text.Length * 3));
#if NET8_0_OR_GREATER
        if (Utf8.FromUtf16(text, free, out _, out var count, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return -1;
        }

        var first = free.Slice(0, count).IndexOfAny(MustEscape);
#else
        int count;
        try
        {
            var chars = ArrayPool<char>.Shared.Rent(text.Length);
            text.CopyTo(chars);
            count = Strict.GetBytes(chars, 0, text.Length, _bytes, Length);
            ArrayPool<char>.Shared.Return(chars);
        }
        catch (EncoderFallbackException)
        {
            return -1;
        }

        var first = 0;
        while (first < count && !NeedsEscape(_bytes[Length + first]))
        {
            first++;
        }

        first = first == count ? -1 : first;
#endif
        Length += first < 0 ? count : Escape(first, count);
        return count;
    }

    /// <summary>Writes base64.</summary>
    [MethodImpl(Jit.Hot)]
    internal void Base64(ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        var free = Reserve(Base64MaxLength(bytes.Length));
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, free, out _, out var written);
#else
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes.ToArray()));
        var written = text.Length;
        text.CopyTo(Reserve(written));
#endif
        Length += written;
    }

    private static bool NeedsEscape(byte b) => b < 0x20 || b is (byte)'"' or (byte)'\\';

    private static int Base64MaxLength(int length) => checked((length + 2) / 3 * 4);

    [MethodImpl(Jit.Hot)]
    private static int EscapedLength(byte b) => b switch
    {
        (byte)'"' or (byte)'\\' or (byte)'\b' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' => 2,
        < 0x20 => 6,
        _ => 1,
    };

    // Backwards, so that nothing has to be moved out of the way.
    [MethodImpl(Jit.Hot)]
    private int Escape(int first, int count)
    {
        var escaped = count;
        foreach (var b in _bytes.AsSpan(Length + first, count - first))
        {
            escaped += EscapedLength(b) - 1;
        }

        var text = Reserve(escaped);
        var to = escaped;
        for (var from = count - 1; from >= first; from--)
        {
            var b = text[from];
            var width = EscapedLength(b);
            to -= width;
            if (width == 1)
            {
                text[to] = b;
                continue;
            }

            text[to] = (byte)'\\';
            if (width == 2)
            {
                text[to + 1] = b switch
                {
                    (byte)'\b' => (byte)'b',
                    (byte)'\t' => (byte)'t',
                    (byte)'\n' => (byte)'n',
                    (byte)'\f' => (byte)'f',
                    (byte)'\r' => (byte)'r',
                    _ => b,
                };
                continue;
            }

            text[to + 1] = (byte)'u';
            text[to + 2] = (byte)'0';
            text[to + 3] = (byte)'0';
            text[to + 4] = (byte)(b >> 4 == 0 ? '0' : '1');
            text[to + 5] = (byte)"0123456789abcdef"[b & 15];
        }

        return escaped;
    }

    [MethodImpl(Jit.Hot)]
    private Span<byte> Reserve(int count)
    {
        var needed = checked(Length + count);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, 0x7FFFFFC7)));
        }

        return _bytes.AsSpan(Length);
    }
}
