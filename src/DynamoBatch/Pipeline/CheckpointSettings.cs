using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using DynamoBatch.Conversion;
using DynamoBatch.Core;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Resuming;

namespace DynamoBatch.Pipeline;

/// <summary>What must be the same in every run over a checkpoint: all that decides which writes the objects become.</summary>
internal static class CheckpointSettings
{
    private static readonly string[] Parameters =
    [
        "TableName", "TableNameProperty", "ExcludeProperty", "AttributeType", "InferType", "EmptyString", "NoClobber", "RemoveAttribute",
        "Increment", "Upsert", "ExactlyOnce", "Condition", "ConditionName", "MatchProperty",
    ];

    /// <summary>The settings by the names that the user knows them by. Values of items, which may be secrets, only as their hash.</summary>
    public static IReadOnlyDictionary<string, string> Of(WriteCommand command, string endpoint)
    {
        // An address from the environment comes with a slash, one from -EndpointUrl as it was typed: the same service.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["the endpoint"] = endpoint.TrimEnd('/') };
        foreach (string parameter in Parameters)
        {
            if (command.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && Text(value) is { Length: > 0 } text)
            {
                settings["-" + parameter] = text;
            }
        }

        if (command.MyInvocation.BoundParameters.TryGetValue("ConditionValue", out object? values) && values is IDictionary placeholders)
        {
            settings["-ConditionValue (its hash)"] = Hash(placeholders);
        }

        return settings;
    }

    private static string Text(object? value) => (value is PSObject wrapper ? wrapper.BaseObject : value) switch
    {
        null => string.Empty,
        string text => text,
        SwitchParameter flag => flag.IsPresent ? "on" : string.Empty,
        IDictionary entries => string.Join("; ", Entries(entries).Select(e => $"{e.Key} = {Text(e.Value)}")),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Text)),
        { } other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary entries) =>
        entries.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, object?>(Text(e.Key), e.Value)).OrderBy(e => e.Key, StringComparer.Ordinal);

    private static string Hash(IDictionary placeholders)
    {
        var encoder = new SingleValueEncoder(new PSValueAdapter());
        ulong hash = 0;
        foreach (KeyValuePair<string, object?> placeholder in Entries(placeholders))
        {
            hash = ContributionHash.Roll(hash, ContributionHash.Of(Encoding.UTF8.GetBytes(placeholder.Key), 0, encoder.Encode(placeholder.Key, placeholder.Value)));
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
