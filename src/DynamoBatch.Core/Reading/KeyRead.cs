using System;

namespace DynamoBatch.Core.Reading;

/// <summary>One key that was asked for, and once it is decided, what became of it.</summary>
public sealed class KeyRead
{
    /// <summary>Asks for a key.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="key">The key as canonical DynamoDB JSON.</param>
    /// <param name="source">Whatever the caller wants to find again.</param>
    public KeyRead(ReadTable table, ReadOnlyMemory<byte> key, object? source)
    {
        Table = table ?? throw new ArgumentNullException(nameof(table));
        Key = key;
        Source = source;
    }

    /// <summary>Its table.</summary>
    public ReadTable Table { get; }

    /// <summary>The key as canonical DynamoDB JSON.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    /// <summary>The caller's own.</summary>
    public object? Source { get; }

    /// <summary>What became of it.</summary>
    public ReadStatus Status { get; private set; }

    /// <summary>The item as DynamoDB JSON, if it was found.</summary>
    public ReadOnlyMemory<byte> Item { get; private set; }

    /// <summary>The kind of failure, if it is not found.</summary>
    public FailureKind Kind { get; private set; }

    /// <summary>The failure in words.</summary>
    public string? Message { get; private set; }

    /// <summary>The exception that told of it, where there was one.</summary>
    public Exception? Cause { get; private set; }

    internal AskedKey? Asked { get; set; }

    internal void Find(ReadOnlyMemory<byte> item)
    {
        Status = ReadStatus.Found;
        Item = item;
    }

    internal void Fail(ReadStatus status, FailureKind kind, string? message, Exception? cause)
    {
        Status = status;
        Kind = kind;
        Message = message;
        Cause = cause;
    }
}
