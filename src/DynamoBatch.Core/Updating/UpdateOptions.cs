using System;
using System.Collections.Generic;

namespace DynamoBatch.Core.Updating;

/// <summary>What an update does beside setting the attributes that its object brings.</summary>
public sealed class UpdateOptions
{
    /// <summary>Attributes to remove, whether the object has them or not.</summary>
    public IReadOnlyCollection<string> Remove { get; init; } = Array.Empty<string>();

    /// <summary>Counters: by how much each grows, as DynamoDB JSON such as <c>{"N":"1"}</c>; null is by the object's own value.</summary>
    public IReadOnlyDictionary<string, byte[]?> Increment { get; init; } = new Dictionary<string, byte[]?>();

    /// <summary>Attributes that must have the object's own value. They are not set.</summary>
    public IReadOnlyCollection<string> Match { get; init; } = Array.Empty<string>();

    /// <summary>A condition expression that guards each update; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>The names of its placeholders, such as <c>#s</c>.</summary>
    public IReadOnlyDictionary<string, string> ConditionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The values of its placeholders, such as <c>:v</c>, as DynamoDB JSON.</summary>
    public IReadOnlyDictionary<string, byte[]> ConditionValues { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Whether an item that does not exist is made.</summary>
    public bool Upsert { get; init; }

    /// <summary>Whether what must not be done twice is sent as a transaction with a token, at twice the cost.</summary>
    public bool ExactlyOnce { get; init; }

    /// <summary>Which image of the item to give back.</summary>
    public ReturnedItem Returned { get; init; }
}
