using System;
using DynamoBatch.Core.Tables;

namespace DynamoBatch.Core.Items;

/// <summary>What an encoder knows of an attribute by its name, found once and used for every item. Belongs to its encoder.</summary>
public sealed class AttributePlan
{
    internal AttributePlan(ItemEncoder? owner, string name)
    {
        Owner = owner;
        Name = name;
        var json = new JsonBuffer();
        json.Raw(",\""u8);
        NameBytes = json.Text(name.AsSpan());
        Problem = name.Length == 0 ? "has no name. Name it, or leave it out with -ExcludeProperty."
            : NameBytes < 0 ? "has a name that is not valid text (half of a surrogate pair). Rename it."
            : null;
        json.Raw("\":"u8);
        Prefix = json.Written.ToArray();
        json.Raw("{\"S\":\""u8);
        TextPrefix = json.Written.ToArray();
    }

    /// <summary>The attribute's name; case matters.</summary>
    public string Name { get; }

    /// <summary>What the attribute is to the table.</summary>
    public AttributeRole Role { get; internal init; }

    /// <summary>The type that the user declared; null where the value decides.</summary>
    public AttributeType? DeclaredType { get; internal init; }

    internal ItemEncoder? Owner { get; }

    /// <summary>The name's UTF-8 bytes, which count to the item's size.</summary>
    internal int NameBytes { get; }

    /// <summary><c>,"name":</c></summary>
    internal byte[] Prefix { get; }

    /// <summary><c>,"name":{"S":"</c></summary>
    internal byte[] TextPrefix { get; }

    /// <summary>Why no item can have such an attribute; null where it can.</summary>
    internal string? Problem { get; }

    /// <summary>The type that the table's schema says, if this is a key attribute.</summary>
    internal KeyType KeyType { get; init; }

    /// <summary>Whether text is stored as it is, whatever it says.</summary>
    internal bool TakesPlainText { get; set; }

    /// <summary>Whether text was stored here.</summary>
    internal bool SawText { get; set; }

    /// <summary>The number of the last item that has this attribute.</summary>
    internal long Stamp { get; set; }

    internal bool IsTableKey => Role is AttributeRole.PartitionKey or AttributeRole.SortKey;
}
