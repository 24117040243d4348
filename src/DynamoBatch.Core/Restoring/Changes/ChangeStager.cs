using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using DynamoBatch.Core.Comparing;
using DynamoBatch.Core.Updating;

namespace DynamoBatch.Core.Restoring.Changes;

/// <summary>Files the differences that are to be undone. Not thread safe.</summary>
internal sealed class ChangeStager : IDisposable
{
    /// <summary>What expired longer ago than this the service does not delete. (Developer guide: Using time to live in DynamoDB.)</summary>
    private const int ExpiryYears = 5;

    private readonly AppendFile? _file;
    private readonly StagingOptions _options;

    /// <param name="path">The file of changes; null to count them only.</param>
    /// <param name="options">Which differences become changes.</param>
    public ChangeStager(string? path, StagingOptions options)
    {
        // A comparison that was cut off is made anew, from its beginning.
        _file = path is null ? null : new AppendFile(path, restart: true);
        _options = options;
    }

    public StagedCounts Counts { get; } = new();

    /// <summary>Takes a difference between the image wanted, the reference, and the one seen.</summary>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public void Add(ItemPair pair, bool isInScope)
    {
        if (isInScope)
        {
            Add(pair.Key, pair.Difference, pair.Reference);
        }
        else
        {
            Counts.OutOfScope++;
        }
    }

    /// <summary>Takes a difference that is in scope.</summary>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public void Add(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> seen, ReadOnlyMemory<byte> wanted)
    {
        bool put = seen.IsEmpty, delete = wanted.IsEmpty;
        if ((_options.MissingOnly && !put) || (_options.KeepNew && delete))
        {
            Counts.OutOfScope++;
            return;
        }

        if (put && HasExpired(wanted))
        {
            Counts.Expired++;
            return;
        }

        if (_options.Attributes is { } names && !put && !delete)
        {
            // All that follows knows no scope.
            wanted = ItemMerge.Of(seen, wanted, names);
        }

        Counts.Put += put ? 1 : 0;
        Counts.Delete += delete ? 1 : 0;
        Counts.Update += put || delete ? 0 : 1;
        Counts.WriteUnits += Math.Max(1, (Math.Max(seen.Length, wanted.Length) + 1023) / 1024);
        if (_file is not null)
        {
            ChangeFile.Write(_file, key, seen, wanted);
        }
    }

    /// <summary>All differences are filed, and on the disk.</summary>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public void Complete() => _file?.Flush(toDisk: true);

    public void Dispose() => _file?.Dispose();

    private bool HasExpired(ReadOnlyMemory<byte> item)
    {
        if (_options.TtlAttribute is not { } name || !ItemAttributes.Of(item).TryGetValue(name, out ReadOnlyMemory<byte> value))
        {
            return false;
        }

        using JsonDocument typed = JsonDocument.Parse(value);
        return typed.RootElement.TryGetProperty("N", out JsonElement number)
            && decimal.TryParse(number.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds)
            && seconds < _options.Now.ToUnixTimeSeconds()
            && seconds > _options.Now.AddYears(-ExpiryYears).ToUnixTimeSeconds();
    }
}
