using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using DynamoBatch.LocalAws.Backups;
using DynamoBatch.LocalAws.Faults;
using DynamoBatch.LocalAws.Log;
using Microsoft.AspNetCore.Http;

namespace DynamoBatch.LocalAws.Control;

/// <summary>
/// Control by HTTP, for tests in other languages. GET or POST faults; POST next; GET log, stats, keys; POST log?keys=true|false, reset, settle;
/// GET or POST clock, backups.
/// </summary>
internal sealed class ControlEndpoints
{
    public const string Prefix = "/__localaws";
    private readonly FaultControl _faults;
    private readonly RequestLog _log;
    private readonly LateWrites _lateWrites;
    private readonly BackupControl _backups;
    private readonly TimeProvider _time;
    private readonly long _started;

    public ControlEndpoints(FaultControl faults, RequestLog log, LateWrites lateWrites, BackupControl backups, TimeProvider time)
    {
        _faults = faults;
        _log = log;
        _lateWrites = lateWrites;
        _backups = backups;
        _time = time;
        _started = time.GetTimestamp();
    }

    public async Task HandleAsync(HttpContext http, string path)
    {
        try
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            await AnswerAsync(http, (http.Request.Method + path.TrimEnd('/')) switch
            {
                "GET/faults" => _faults.Current,
                "POST/faults" => SetFaults(body),
                "POST/next" => SetNext(body),
                "GET/log" => _log.Records.Select(Describe),
                "POST/log" => LogKeys(http.Request.Query["keys"]),
                "GET/stats" => Stats(),
                "GET/keys" => new { writes = _log.WritesPerKey(), reads = _log.ReadsPerKey() },
                "POST/reset" => Reset(),
                "POST/settle" => await SettleAsync(),
                "GET/clock" => Clock(),
                "POST/clock" => Advance(body),
                "GET/backups" => _backups.Settings,
                "POST/backups" => SetBackups(body),
                _ => null,
            });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AnswerAsync(http, new { error = e.Message });
        }
    }

    private static async Task AnswerAsync(HttpContext http, object? answer)
    {
        if (answer is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            answer = new { error = "Known: GET|POST faults, POST next, GET log, POST log?keys=true, GET stats, GET keys, POST reset, POST settle, GET|POST clock, GET|POST backups" };
        }

        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(LocalAwsJson.Write(answer), http.RequestAborted);
    }

    private FaultSettings SetFaults(string body)
    {
        _faults.Set(LocalAwsJson.ReadFaults(body));
        return _faults.Current;
    }

    private NextFaults SetNext(string body)
    {
        var next = LocalAwsJson.Read<NextFaults>(body);
        if (next?.Operation is null || next.Faults is null)
        {
            throw new ArgumentException("Wanted: {\"operation\":\"BatchWriteItem\",\"faults\":[\"cutAfter\"]}, with \"after\":n or \"times\":n if need be");
        }

        _faults.Next(next.Operation, next.After, next.Times, [.. next.Faults]);
        return next;
    }

    private object Clock() => new { _backups.Now, offsetSeconds = _backups.Offset.TotalSeconds };

    private object Advance(string body)
    {
        _backups.Advance(TimeSpan.FromSeconds(LocalAwsJson.Read<ClockChange>(body)?.AdvanceSeconds ?? 0));
        return Clock();
    }

    private BackupSettings SetBackups(string body)
    {
        _backups.Set((LocalAwsJson.Read<BackupChange>(body) ?? new BackupChange()).On(_backups.Settings));
        return _backups.Settings;
    }

    private object LogKeys(string? keys)
    {
        _log.LogsKeys = bool.TryParse(keys, out var on) ? on : throw new ArgumentException("Wanted: log?keys=true or log?keys=false");
        return new { keys = on };
    }

    private object Reset()
    {
        _faults.Clear();
        _log.Reset();
        return new { reset = true };
    }

    private async Task<object> SettleAsync()
    {
        await _lateWrites.SettleAsync();
        return new { settled = true };
    }

    private object Describe(RequestRecord record) => new
    {
        record.Sequence,
        record.Operation,
        record.Tables,
        receivedMs = Milliseconds(record.Received),
        answeredMs = Milliseconds(record.Answered),
        landedMs = Milliseconds(record.Landed),
        record.Fault,
        record.Status,
        record.Bytes,
        record.Items,
        record.Unprocessed,
        record.Keys,
        record.ReadKeys,
        record.AccessKey,
        record.Region,
        record.Connection,
    };

    private object Stats()
    {
        var records = _log.Records;
        var (key, times) = _log.MaxPerKeyPerSecond();
        return new
        {
            requests = _log.Count,
            mutating = _log.Mutating.Count,
            inFlight = records.Count(r => r.Answered == 0),
            lateWritesPending = _lateWrites.Pending,
            maxInFlight = _log.MaxInFlight(),
            maxRequestsPerSecond = _log.MaxRequestsPerSecond(),
            maxPerKeyPerSecond = key is null ? null : new { key, times },
            connections = records.Select(r => r.Connection).Distinct().Count(),
            accessKeys = records.GroupBy(r => r.AccessKey).ToDictionary(k => k.Key, k => k.Count()),
            regions = records.GroupBy(r => r.Region).ToDictionary(r => r.Key, r => r.Count()),
            operations = records.GroupBy(r => r.Operation).ToDictionary(o => o.Key, o => new
            {
                requests = o.Count(),
                bytes = o.Sum(r => (long)r.Bytes),
                items = o.Sum(r => r.Items),
                unprocessed = o.Sum(r => r.Unprocessed),
                statuses = o.GroupBy(r => r.Status).ToDictionary(s => s.Key, s => s.Count()),
                faults = o.GroupBy(r => r.Fault).ToDictionary(f => f.Key, f => f.Count()),
            }),
            keyViolations = _log.KeyViolations,
        };
    }

    private double? Milliseconds(long timestamp) =>
        timestamp == 0 ? null : Math.Round(_time.GetElapsedTime(_started, timestamp).TotalMilliseconds, 3);
}
