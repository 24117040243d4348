using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DynamoBatch.Core.Items;

/// <summary>Where in an item the encoder is. Kept cheaply on the way down; spelled out only for an error.</summary>
internal sealed class ValuePath
{
    private readonly List<(string? Name, int Index)> _steps = [];
    private string _root = "";

    /// <summary>Starts at an attribute.</summary>
    internal void Reset(string attribute)
    {
        _root = attribute;
        _steps.Clear();
    }

    /// <summary>Goes down into a container.</summary>
    internal void Enter() => _steps.Add((null, 0));

    /// <summary>Goes on to a named element of it.</summary>
    internal void MoveTo(string name) => _steps[_steps.Count - 1] = (name, 0);

    /// <summary>Goes on to a numbered element of it.</summary>
    internal void MoveTo(int index) => _steps[_steps.Count - 1] = (null, index);

    /// <summary>Comes up again.</summary>
    internal void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Such as <c>address.lines[3]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(_root);
        foreach (var (name, index) in _steps)
        {
            if (name == null)
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append('.').Append(name);
            }
        }

        return text.ToString();
    }
}
