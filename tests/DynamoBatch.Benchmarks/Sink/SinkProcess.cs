using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using DynamoBatch.Benchmarks.Measuring;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>A sink in a process of its own, on a core of its own where that can be had.</summary>
internal sealed class SinkProcess : IDisposable
{
    private readonly Process _process;

    private SinkProcess(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static SinkProcess Start(int latencyMilliseconds = 0)
    {
        Process process = SelfProcess.Start(
            SelfProcess.SinkCore, "sink", "--port", "0", "--latency", latencyMilliseconds.ToString(CultureInfo.InvariantCulture));
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The sink did not start.");
        return new SinkProcess(process, new Uri(line[SinkCommand.ReadyPrefix.Length..]));
    }

    /// <summary>How many items it was sent so far.</summary>
    public async Task<long> CountItemsAsync()
    {
        using var http = new HttpClient();
        using JsonDocument counts = JsonDocument.Parse(await http.GetStringAsync(new Uri(Endpoint, "counts")));
        return counts.RootElement.GetProperty("items").GetInt64();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
