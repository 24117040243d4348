using System;

namespace DynamoBatch.Benchmarks.Sink;

/// <summary>The sink as a process of its own: says where it listens, and ends when its input does.</summary>
internal static class SinkCommand
{
    public const string ReadyPrefix = "Sink ready: ";

    public static void Run(Options options)
    {
        using var sink = new SinkServer(options.Number("port", 8001), TimeSpan.FromMilliseconds(options.Number("latency", 0)));
        Console.WriteLine(ReadyPrefix + sink.Endpoint);
        while (Console.ReadLine() is not null)
        {
        }
    }
}
