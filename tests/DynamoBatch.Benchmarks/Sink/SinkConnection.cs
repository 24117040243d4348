using System;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Threading;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>Serves one connection: reads a request, answers with bytes made beforehand.</summary>
internal sealed class SinkConnection
{
    private readonly Socket _socket;
    private readonly SinkCounts _counts;
    private readonly TimeSpan _latency;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    public SinkConnection(Socket socket, SinkCounts counts, TimeSpan latency)
    {
        _socket = socket;
        _counts = counts;
        _latency = latency;
    }

    public void Serve()
    {
        using (_socket)
        {
            try
            {
                while (ServeOne())
                {
                }
            }
            catch (SocketException)
            {
                // The client is gone.
            }
        }
    }

    private bool ServeOne()
    {
        int head;
        while ((head = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!Receive())
            {
                return false;
            }
        }

        head += 4;
        int length = ContentLength(_buffer.AsSpan(0, head));
        if (_buffer.AsSpan(0, head).IndexOf("100-continue"u8) >= 0)
        {
            _socket.Send("HTTP/1.1 100 Continue\r\n\r\n"u8);
        }

        while (_filled < head + length)
        {
            if (!Receive())
            {
                return false;
            }
        }

        byte[] answer = Answer(_buffer.AsSpan(0, head), _buffer.AsSpan(head, length));
        _buffer.AsSpan(head + length, _filled - head - length).CopyTo(_buffer);
        _filled -= head + length;
        if (_latency > TimeSpan.Zero)
        {
            Thread.Sleep(_latency);
        }

        _socket.Send(answer);
        return true;
    }

    private bool Receive()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int count = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += count;
        return count > 0;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) ? length : 0;
    }

    private byte[] Answer(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (head.IndexOf(".BatchWriteItem"u8) >= 0)
        {
            _counts.Add(body.Count("\"PutRequest\""u8));
            return AsksForCapacity(body) ? SinkAnswers.WrittenWithCapacity : SinkAnswers.Written;
        }

        if (head.IndexOf(".BatchExecuteStatement"u8) >= 0)
        {
            int count = Math.Min(body.Count("\"Statement\""u8), 25);
            _counts.Add(count);
            return (AsksForCapacity(body) ? SinkAnswers.ExecutedWithCapacity : SinkAnswers.Executed)[count];
        }

        if (head.IndexOf(".PutItem"u8) >= 0)
        {
            _counts.Add(1);
            return SinkAnswers.Empty;
        }

        if (head.IndexOf(".UpdateItem"u8) >= 0)
        {
            _counts.Add(1);
            return body.IndexOf("\"ReturnConsumedCapacity\""u8) >= 0 ? SinkAnswers.ItemWrittenWithCapacity : SinkAnswers.Empty;
        }

        return head.IndexOf(".DescribeTable"u8) >= 0 ? SinkAnswers.Table
            : head.IndexOf(" /counts "u8) >= 0 ? SinkAnswers.Of($$"""{"requests":{{_counts.Requests}},"items":{{_counts.Items}}}""")
            : SinkAnswers.Empty;
    }

    /// <summary>Looked for where clients put it, at either end: a client that asks pays for reading the answer, another does not.</summary>
    private static bool AsksForCapacity(ReadOnlySpan<byte> body) =>
        body[..Math.Min(48, body.Length)].IndexOf("ReturnConsumedCapacity"u8) >= 0
        || body[Math.Max(0, body.Length - 48)..].IndexOf("ReturnConsumedCapacity"u8) >= 0;
}
