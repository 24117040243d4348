using System;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using DynamoBatch.Commands;
using DynamoBatch.Conversion;
using DynamoBatch.Core.Items;
using DynamoBatch.Core.Lines;
using DynamoBatch.Output;

namespace DynamoBatch.Pipeline;

/// <summary>Reads the item of a line, and watches what -FailedItemPath lines say of it: its table, and what was to be done with it.</summary>
internal sealed class LineItems
{
    private readonly ItemObjects _objects = new();
    private readonly string? _tableProperty;
    private readonly FailedItemVerb[]? _verbs;
    private string? _table;
    private FailedItemVerb? _verb;
    private bool _saidTables;
    private bool _saidVerbs;
    private string? _warning;

    public LineItems(ConvertFromDdbJsonCommand command)
    {
        _tableProperty = command.TableNameProperty;
        _verbs = command.Verb;
    }

    /// <summary>A line as text.</summary>
    public static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line.ToArray());

    /// <summary>What is to be said before the item is emitted, once; null where nothing is.</summary>
    public string? TakeWarning()
    {
        string? warning = _warning;
        _warning = null;
        return warning;
    }

    /// <summary>Whether a line holds an item.</summary>
    public bool IsValid(ReadOnlySpan<byte> line)
    {
        try
        {
            ItemLine read = ItemLine.Read(line);
            _objects.Read(read.Item.IsEmpty ? read.Key : read.Item);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return false;
        }
    }

    /// <summary>The item of a line.</summary>
    /// <param name="line">Not blank.</param>
    /// <param name="id">The id of what is wrong with it; null where nothing is.</param>
    /// <param name="problem">What is wrong, continuing "Line 3 "; null where nothing is.</param>
    /// <returns>The item; null if the line has none, or was not asked for.</returns>
    public object? Read(ReadOnlySpan<byte> line, out string? id, out string? problem)
    {
        id = null;
        problem = null;
        try
        {
            ItemLine read = ItemLine.Read(line);
            if (read.Form == LineForm.Failed)
            {
                return ReadFailed(read, out id, out problem);
            }

            object item = _objects.Read(read.Item);
            if (_verbs is null)
            {
                return item;
            }

            id = "LineHasNoVerb";
            problem = "names no verb, so -Verb cannot choose it: it is not a line of a -FailedItemPath file. Leave -Verb out.";
        }
        catch (FormatException exception)
        {
            id = "LineNotValid";
            problem = $"is no item. {exception.Message}";
        }
        catch (JsonException exception)
        {
            id = "LineNotValid";
            problem = FormattableString.Invariant($"is not JSON (near byte {exception.BytePositionInLine}), or was cut off. An item is on one line.");
        }

        return null;
    }

    private object? ReadFailed(ItemLine line, out string? id, out string? problem)
    {
        id = null;
        problem = null;
        if (!Enum.TryParse(line.Verb, ignoreCase: false, out FailedItemVerb verb) || verb.ToString() != line.Verb)
        {
            throw new FormatException($"Its verb '{line.Verb}' is none of Put, Delete, Update, Insert.");
        }

        if (_verbs is not null && Array.IndexOf(_verbs, verb) < 0)
        {
            return null;
        }

        Watch(line.TableName!, verb);
        object? item = line.Item.IsEmpty ? null : _objects.Read(line.Item);
        object? key = line.Key.IsEmpty ? null : _objects.Read(line.Key);
        if (item is null && verb is FailedItemVerb.Delete)
        {
            item = key;
        }

        if (item is null)
        {
            string which = key is null ? "neither item nor key" : $"only the key ({KeyText.Of(Text(line.Key))})";
            id = "LineHasNoItem";
            problem = $"has {which} of what was not written to table '{line.TableName}': the object never became an item. Correct it where it came from, and write it from there.";
            return null;
        }

        if (_tableProperty is null || TryAdd(item, _tableProperty, line.TableName!))
        {
            return item;
        }

        id = "TableNamePropertyExists";
        problem = $"holds an item that has an attribute '{_tableProperty}' itself. Give -TableNameProperty another name.";
        return null;
    }

    /// <summary>Case does not matter, as it does not to those who read the property.</summary>
    private static bool TryAdd(object item, string name, string table)
    {
        if (item is PSObject bag)
        {
            if (bag.Properties[name] is not null)
            {
                return false;
            }

            bag.Properties.Add(new PSNoteProperty(name, table));
            return true;
        }

        var map = (OrderedDictionary)item;
        foreach (string other in map.Keys)
        {
            if (string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        map.Add(name, table);
        return true;
    }

    private void Watch(string table, FailedItemVerb verb)
    {
        _table ??= table;
        _verb ??= verb;
        if (!_saidTables && _tableProperty is null && _table != table)
        {
            _saidTables = true;
            _warning = $"The lines are of several tables ('{_table}', '{table}'). Give each object its table by -TableNameProperty, here and where they are written.";
        }

        if (!_saidVerbs && _verbs is null && _verb != verb)
        {
            _saidVerbs = true;
            _warning = (_warning is null ? string.Empty : _warning + " ") +
                $"The lines were to be written in several ways ({_verb}, {verb}). Choose by -Verb, and give each to its own command.";
        }
    }
}
