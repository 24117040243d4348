using System.Linq;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Tables;
using Shouldly;
using Xunit;

namespace DynamoBatch.Core.Tests.Items;

/// <summary>Short ways to encode in tests.</summary>
internal static class ItemTesting
{
    internal static readonly TableSchema Simple = new("T", new KeyAttribute("id", KeyType.S), null, []);

    internal static readonly TableSchema Full = new(
        "T",
        new KeyAttribute("id", KeyType.S),
        new KeyAttribute("n", KeyType.N),
        [new KeyAttribute("mail", KeyType.S), new KeyAttribute("age", KeyType.N)]);

    internal static ItemEncoder Encoder(TableSchema? schema = null, EncodingOptions? options = null) => new(schema ?? Simple, options);

    internal static EncodedItem Encode(ItemEncoder encoder, params (string Name, object? Value)[] attributes)
    {
        encoder.Begin();
        foreach (var (name, value) in attributes)
        {
            encoder.Add(encoder.Plan(name), value);
        }

        return encoder.Finish();
    }

    /// <summary>The JSON of attribute 'v' of an item.</summary>
    internal static string Value(object? value, EncodingOptions? options = null)
    {
        var json = Json(Encode(Encoder(options: options), ("id", "1"), ("v", value)));
        const string start = "{\"id\":{\"S\":\"1\"},\"v\":";
        json.ShouldStartWith(start);
        return json.Substring(start.Length, json.Length - start.Length - 1);
    }

    internal static ItemException Fault(object? value, EncodingOptions? options = null) => Fault(Encoder(options: options), ("id", "1"), ("v", value));

    internal static ItemException Fault(ItemEncoder encoder, params (string Name, object? Value)[] attributes) =>
        Assert.Throws<ItemException>(() => Encode(encoder, attributes));

    internal static EncodingOptions Types(params (string Name, AttributeType Type)[] types) =>
        new() { AttributeTypes = types.ToDictionary(t => t.Name, t => t.Type) };

    internal static string Json(EncodedItem item) => System.Text.Encoding.UTF8.GetString(item.Json.Span);

    internal static string Key(EncodedItem item) => System.Text.Encoding.UTF8.GetString(item.Key.Span);
}
