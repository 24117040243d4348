using System;
using System.IO;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Control;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DynamoBatch.LocalAws.Http;

/// <summary>What Kestrel calls. Plain Kestrel without a host: a test starts dozens of these, and each request is on a benchmark's path.</summary>
internal sealed class LocalAwsApplication(DataPlane dataPlane, ControlEndpoints control) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Path.StartsWithSegments(ControlEndpoints.Prefix, out var rest))
            {
                await control.HandleAsync(context, rest.Value ?? "");
            }
            else
            {
                await dataPlane.HandleAsync(context);
            }
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested
            && e is OperationCanceledException or IOException or ConnectionAbortedException or InvalidOperationException)
        {
            // The client has gone: nobody to tell.
        }
    }
}
