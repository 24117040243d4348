using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.LocalAws;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            var line = CommandLine.Parse(arguments);
            if (line.WantsHelp)
            {
                Console.WriteLine(CommandLine.Help);
                return 0;
            }

            await RunAsync(line);
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or JsonException or IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task RunAsync(CommandLine line)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = OnSignal(PosixSignal.SIGINT, end);
        using var terminate = OnSignal(PosixSignal.SIGTERM, end);
        using var hangUp = OnSignal(PosixSignal.SIGHUP, end);
        await using var aws = await LocalAwsServer.StartAsync(line.Options, CancellationToken.None);
        // One line, so that a script reads it and goes on. Any credentials do: signatures are not checked.
        Console.WriteLine($"LocalAws ready: {aws.Endpoint} (backend {aws.BackendEndpoint}) - use -EndpointUrl {aws.Endpoint} -AccessKey local -SecretKey local -Region us-east-1");
        if (line.QuitOnStdinClose)
        {
            _ = Task.Run(async () =>
            {
                while (await Console.In.ReadLineAsync() is not null)
                {
                }

                end.TrySetResult();
            });
        }

        await end.Task;
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, TaskCompletionSource end) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            end.TrySetResult();
        });
}
