using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using DynamoBatch.LocalAws.Backend;
using DynamoBatch.LocalAws.Control;
using DynamoBatch.LocalAws.Faults;

namespace DynamoBatch.LocalAws;

/// <summary>What the command line asks for.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        A local AWS for tests, demos and benchmarks: DynamoDB with the faults that AWS has. Test equipment.

        dotnet run --project tests/DynamoBatch.LocalAws -- [options]

          --port n               loopback port (default 8000; 0: a free one, printed)
          --faults file.json     fault settings, as POST /__localaws/faults takes them
          --seed n               the same seed and order of requests give the same faults
          --unprocessed p        BatchWriteItem: some items unprocessed, with probability p of a request
          --throttle p           BatchWriteItem: throttled whole
          --error500 p           BatchWriteItem: 500, a third each before, after and midway
          --cut p                BatchWriteItem: connection cut, half before and half after the write
          --late p               BatchWriteItem: connection cut, the write lands 50 to 800 ms later
          --latency ms           every request
          --jitter ms            every request, random on top
          --write-units n        write units per second of each table (token bucket)
          --partition-units n    write units per second of each partition
          --restorable-lag s     point-in-time recovery: how far LatestRestorableDateTime is behind (default 300)
          --restore-time s       how long a restored table is CREATING, at least (default 2)
          --late-limit ms        a late write that has not landed so long after its request never does; without it, all land
          --clock-behind s       how far the clock of backups begins behind, so that tests can move it forward
          --log-keys             log keys, and watch that never two writes of one key are in flight
          --server dynoxide|dynalite
          --quit-on-stdin-close  end when stdin closes, as it does when the parent process ends
          --help

        In the fault settings also: scanOrder own, updatingMs. In next: after, times, and as operation "*" or "mutating".
        Run-time control under /__localaws: GET|POST faults, POST next, GET log, POST log?keys=true, GET stats, GET keys, POST reset, POST settle,
        GET|POST clock, GET|POST backups.
        """;

    private readonly Dictionary<FaultKind, double> _chances = [];
    private int _latency;
    private int _jitter;
    private int? _seed;
    private ThrottleSettings? _throttle;
    private FaultSettings _faults = FaultSettings.None;

    public bool WantsHelp { get; private set; }

    public bool QuitOnStdinClose { get; private set; }

    public LocalAwsOptions Options { get; private set; } = new() { Port = 8000 };

    /// <exception cref="ArgumentException">An option or its value is not known.</exception>
    public static CommandLine Parse(string[] arguments)
    {
        var line = new CommandLine();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!line.TryFlag(arguments[i]))
            {
                if (i + 1 == arguments.Length)
                {
                    throw new ArgumentException($"{arguments[i]} is not known, or lacks its value. --help lists the options.");
                }

                line.Set(arguments[i], arguments[++i]);
            }
        }

        line.Options = line.Options with { Faults = line.Faults() };
        return line;
    }

    private bool TryFlag(string name)
    {
        switch (name)
        {
            case "--help" or "-h" or "-?":
                return WantsHelp = true;
            case "--quit-on-stdin-close":
                return QuitOnStdinClose = true;
            case "--log-keys":
                Options = Options with { LogKeys = true };
                return true;
            default:
                return false;
        }
    }

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--port": Options = Options with { Port = Whole(name, value) }; break;
            case "--faults": _faults = LocalAwsJson.ReadFaults(File.ReadAllText(value)); break;
            case "--seed": _seed = Whole(name, value); break;
            case "--unprocessed": Chance(name, value, FaultKind.UnprocessedSome); break;
            case "--throttle": Chance(name, value, FaultKind.Throttled); break;
            case "--error500": Chance(name, value, FaultKind.Error500Before, FaultKind.Error500After, FaultKind.Error500Midway); break;
            case "--cut": Chance(name, value, FaultKind.CutBefore, FaultKind.CutAfter); break;
            case "--late": Chance(name, value, FaultKind.LateCut); break;
            case "--latency": _latency = Whole(name, value); break;
            case "--jitter": _jitter = Whole(name, value); break;
            case "--write-units": _throttle = (_throttle ?? new()) with { TableWriteUnits = Number(name, value) }; break;
            case "--partition-units": _throttle = (_throttle ?? new()) with { PartitionWriteUnits = Number(name, value) }; break;
            case "--restorable-lag": Options = Options with { Backups = Options.Backups with { RestorableLag = Number(name, value) } }; break;
            case "--restore-time": Options = Options with { Backups = Options.Backups with { RestoreTime = Number(name, value) } }; break;
            case "--late-limit": Options = Options with { LateLimit = TimeSpan.FromMilliseconds(Whole(name, value)) }; break;
            case "--clock-behind": Options = Options with { ClockBehind = TimeSpan.FromSeconds(Whole(name, value)) }; break;
            case "--server":
                Options = Options with
                {
                    Server = Enum.TryParse<DynamoServerKind>(value, ignoreCase: true, out var kind)
                        ? kind : throw new ArgumentException($"--server {value}: dynoxide or dynalite."),
                };
                break;
            default:
                throw new ArgumentException($"{name} is not known. --help lists the options.");
        }
    }

    // The switches are added to what the file says; each of them replaces what it says of the same.
    private FaultSettings Faults()
    {
        var operations = new Dictionary<string, OperationFaults>(_faults.Operations);
        if (_latency > 0 || _jitter > 0)
        {
            operations.TryAdd("*", new OperationFaults());
            foreach (var name in new List<string>(operations.Keys))
            {
                operations[name] = operations[name] with { Latency = _latency, LatencyJitter = _jitter };
            }
        }

        if (_chances.Count > 0)
        {
            var faults = operations.GetValueOrDefault("BatchWriteItem") ?? operations.GetValueOrDefault("*") ?? new OperationFaults();
            var chances = new Dictionary<FaultKind, double>(faults.Chance);
            foreach (var (fault, chance) in _chances)
            {
                chances[fault] = chance;
            }

            operations["BatchWriteItem"] = faults with { Chance = chances };
        }

        var settings = _faults with { Operations = operations, Seed = _seed ?? _faults.Seed, Throttle = _throttle ?? _faults.Throttle };
        settings.Check();
        return settings;
    }

    private void Chance(string name, string value, params FaultKind[] faults)
    {
        var chance = Number(name, value);
        foreach (var fault in faults)
        {
            _chances[fault] = chance / faults.Length;
        }
    }

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new ArgumentException($"{name} takes a whole number, not '{value}'.");

    private static double Number(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : throw new ArgumentException($"{name} takes a number such as 0.1, not '{value}'.");
}
