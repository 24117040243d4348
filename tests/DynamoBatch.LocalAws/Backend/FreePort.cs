using System.Net;
using System.Net.Sockets;

namespace DynamoBatch.LocalAws.Backend;

internal static class FreePort
{
    /// <summary>A loopback port that nobody listens on now. Somebody may take it before it is used: the caller tries again.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
