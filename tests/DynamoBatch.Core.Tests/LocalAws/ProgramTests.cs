using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using DynamoBatch.LocalAws;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class ProgramTests
{
    [Fact]
    public async Task It_prints_one_ready_line_and_ends_with_its_stdin()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Start("--port", "0", "--seed", "7", "--unprocessed", "0.5", "--latency", "2", "--quit-on-stdin-close");
        var ready = await process.StandardOutput.ReadLineAsync(timeout.Token);

        Assert.StartsWith("LocalAws ready: http://127.0.0.1:", ready, StringComparison.Ordinal);
        var endpoint = new Uri(ready!.Split(' ')[2]);
        var backend = new Uri(ready.Split("backend ")[1].Split(')')[0]);
        using var http = new HttpClient();
        Assert.Contains("\"unprocessedSome\":0.5", await http.GetStringAsync(new Uri(endpoint, "__localaws/faults"), timeout.Token), StringComparison.Ordinal);

        process.StandardInput.Close();
        await process.WaitForExitAsync(timeout.Token);

        Assert.Equal(0, process.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(backend, timeout.Token));
    }

    [Fact]
    public async Task Its_server_ends_even_when_it_is_killed()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Start("--port", "0");
        var ready = await process.StandardOutput.ReadLineAsync(timeout.Token);
        var backend = new Uri(ready!.Split("backend ")[1].Split(')')[0]);

        process.Kill(entireProcessTree: false);

        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                await http.GetStringAsync(backend, timeout.Token);
                await Task.Delay(10, timeout.Token);
            }
        });
    }

    [Theory]
    [InlineData("--unprocesed", "0.1")]
    [InlineData("--port", "x")]
    [InlineData("--cut", "1.5")]
    [InlineData("--seed")]
    public async Task What_makes_no_sense_is_said_and_ends_with_1(params string[] arguments)
    {
        using var process = Start(arguments);

        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.NotEmpty(said);
        Assert.Equal(1, process.ExitCode);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(typeof(LocalAwsServer).Assembly.Location)));
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
