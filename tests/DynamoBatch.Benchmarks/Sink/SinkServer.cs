using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>
/// An endpoint that takes everything and answers at once: what is measured against it is the client. A thread and a blocking
/// socket for each connection cost the least here.
/// </summary>
internal sealed class SinkServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TimeSpan _latency;

    /// <summary>Listens on a loopback port; 0 for a free one.</summary>
    public SinkServer(int port, TimeSpan latency)
    {
        _latency = latency;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(1024);
        Start(Accept);
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");

    private SinkCounts Counts { get; } = new();

    public void Dispose() => _listener.Dispose();

    private static void Start(Action work) => new Thread(() => work(), 256 * 1024) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket socket = _listener.Accept();
                socket.NoDelay = true;
                Start(() => new SinkConnection(socket, Counts, _latency).Serve());
            }
        }
        catch (SocketException)
        {
            // The listener was closed.
        }
        catch (ObjectDisposedException)
        {
            // The same, a moment later.
        }
    }
}
