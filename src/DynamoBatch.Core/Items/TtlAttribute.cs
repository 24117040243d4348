using System;

namespace DynamoBatch.Core.Items;

/// <summary>Knows the table's TTL attribute once it had to ask for it.</summary>
internal sealed class TtlAttribute
{
    private readonly Func<string?>? _source;
    private readonly Action<string>? _warn;
    private bool _asked;
    private bool _warned;

    internal TtlAttribute(Func<string?>? source, Action<string>? warn)
    {
        _source = source;
        _warn = warn;
    }

    /// <summary>Its name, as far as it is known; null where it is not, or there is none.</summary>
    internal string? Name { get; private set; }

    /// <summary>Whether asking failed: the source's own error, which concerns the run and not an item.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>Asks, once. True if the name has just become known.</summary>
    internal bool Learn()
    {
        if (_asked)
        {
            return false;
        }

        _asked = true;
        HasFailed = true;
        Name = _source?.Invoke();
        HasFailed = false;
        return Name != null;
    }

    /// <summary>Whether a name is the TTL attribute's, as far as that is known.</summary>
    internal bool Is(string name) => Name != null && string.Equals(name, Name, StringComparison.Ordinal);

    /// <summary>Text was stored in it: it will never expire.</summary>
    internal void WarnOfText()
    {
        if (!_warned)
        {
            _warned = true;
            _warn?.Invoke(
                $"Text is written to '{Name}', the table's time-to-live attribute. DynamoDB ignores it there, so these items do not expire. " +
                $"Convert it with -AttributeType @{{ {Name} = 'Epoch' }}.");
        }
    }
}
