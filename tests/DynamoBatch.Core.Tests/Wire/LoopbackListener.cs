using System.Net;
using System.Net.Sockets;

namespace DynamoBatch.Core.Tests.Wire;

/// <summary>An HTTP listener on a free loopback port. It cannot ask for one itself, so somebody may take a port first: then the next is tried.</summary>
internal static class LoopbackListener
{
    public static HttpListener Start(out string endpoint)
    {
        while (true)
        {
            endpoint = $"http://127.0.0.1:{FreePort()}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(endpoint);
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
