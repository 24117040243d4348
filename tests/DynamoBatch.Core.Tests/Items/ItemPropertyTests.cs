using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Text.Json;
using DynamoBatch.Core.Items;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static DynamoBatch.Core.Tests.Items.ItemTesting;

namespace DynamoBatch.Core.Tests.Items;

public class ItemPropertyTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => new string(s.Get.Where(c => !char.IsSurrogate(c)).ToArray())),
        Gen.Elements("", "\ud83d\ude00", "\"\\\n", "id", "ID", "a.b"));

    private static readonly Gen<NumberText> Numbers = Gen.OneOf(
        NumberTextTests.Numbers().Select(n => NumberText.Parse(n.Text)),
        Gen.Elements("1E-130", "-9.9999999999999999999999999999999999999E+125", "0").Select(NumberText.Parse));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var encoder = Encoder();
        Prop.ForAll(Arb.From(Values(4)), value =>
        {
            var item = Encode(encoder, ("id", "1"), ("v", value));
            using var valid = JsonDocument.Parse(item.Json, new JsonDocumentOptions { MaxDepth = 128 });
            return Same(ItemReader.Read(item.Json.Span)["v"], value) && item.MinimumSize <= item.Size && item.MinimumSize > 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes()
    {
        var encoder = Encoder();
        Prop.ForAll(Arb.From(Values(4)), value =>
        {
            var item = Encode(encoder, ("id", "1"), ("v", value));
            var back = ItemReader.Read(item.Json.Span);
            var again = Encode(encoder, back.Cast<DictionaryEntry>().Select(e => ((string)e.Key, e.Value)).ToArray());
            return again.Json.Span.SequenceEqual(item.Json.Span) && again.Size == item.Size;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_input_causes_any_other_error_than_an_items()
    {
        var gens = Gen.OneOf(Values(3), Odd(3));
        var options = new[]
        {
            new EncodingOptions(),
            new EncodingOptions { InferType = true, EmptyString = EmptyStringHandling.Null },
            Types(("v", AttributeType.NS)), Types(("v", AttributeType.M)), Types(("v", AttributeType.Epoch)), Types(("v", AttributeType.S)),
        };
        foreach (var encoder in options.Select(o => Encoder(Full, o)))
        {
            Prop.ForAll(Arb.From(gens), Arb.From(gens), (value, key) =>
            {
                try
                {
                    var item = Encode(encoder, ("v", value), ("id", key), ("n", value), ("age", key));
                    ItemReader.Read(item.Json.Span);
                }
                catch (ItemException ex)
                {
                    return ex.Message.Length > 0;
                }

                return true;
            }).QuickCheckThrowOnFailure();
        }
    }

    private static Gen<object?> Values(int depth)
    {
        var scalar = Gen.OneOf(
            Texts.Select(t => (object?)t),
            Numbers.Select(n => (object?)n),
            ArbMap.Default.GeneratorFor<bool>().Select(b => (object?)b),
            ArbMap.Default.GeneratorFor<byte[]>().Select(b => (object?)(b ?? [])),
            Gen.Constant((object?)null),
            Texts.NonEmptyListOf().Select(l => (object?)l.ToHashSet()),
            Numbers.NonEmptyListOf().Select(l => (object?)l.ToHashSet()),
            ArbMap.Default.GeneratorFor<byte[]>().NonEmptyListOf().Select(l => (object?)l.Select(b => b ?? []).ToHashSet(BinaryComparer.Instance)));
        return depth == 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Gen.Choose(0, 4).SelectMany(n => Values(depth - 1).ArrayOf(n)).Select(a => (object?)a.ToList()),
                Gen.Choose(0, 4).SelectMany(n => Gen.Zip(Texts.ArrayOf(n), Values(depth - 1).ArrayOf(n))).Select(m => (object?)Map(m.Item1, m.Item2)));
    }

    private static Gen<object?> Odd(int depth)
    {
        var odd = Gen.OneOf(
            Gen.Elements<object?>(
                double.NaN, "\ud800", '\ud800', new HashSet<string>(), new HashSet<object?> { 1, "a", null }, typeof(int), new object(), "2026-01-01", "1;2", "{", "[1",
                DBNull.Value, DateTime.MinValue, DateTime.MaxValue, DateTimeOffset.MaxValue, decimal.MaxValue, long.MinValue, new ArraySegment<byte>(), default(Memory<byte>),
                new DictionaryEntry("a", null), Array.Empty<object>(), new int[2, 2], new Uri("a", UriKind.Relative), new System.IO.MemoryStream()),
            ArbMap.Default.GeneratorFor<double>().Select(d => (object?)d),
            ArbMap.Default.GeneratorFor<string>().Select(s => (object?)s));
        return depth == 0 ? odd : Gen.OneOf(odd, Odd(depth - 1).ArrayOf().Select(a => (object?)a), Odd(depth - 1).Select(o => (object?)new { o }));
    }

    private static OrderedDictionary Map(string[] names, object?[] values)
    {
        var map = new OrderedDictionary(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            map[names[i]] = values[i];
        }

        return map;
    }

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (byte[] a, byte[] b) => a.SequenceEqual(b),
        (HashSet<string> a, HashSet<string> b) => a.SetEquals(b),
        (HashSet<NumberText> a, HashSet<NumberText> b) => a.SetEquals(b),
        (HashSet<byte[]> a, HashSet<byte[]> b) => a.SetEquals(b),
        (OrderedDictionary a, OrderedDictionary b) => a.Keys.Cast<string>().SequenceEqual(b.Keys.Cast<string>()) && a.Keys.Cast<string>().All(k => Same(a[k], b[k])),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second)),
        _ => Equals(left, right),
    };
}
