using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Core.Items;

namespace DynamoBatch.Core.Updating;

/// <summary>What becomes of each attribute of an update's object. One that is removed, counted or matched is not set.</summary>
internal sealed class UpdateParts
{
    /// <exception cref="ItemException">Something that the options name is not there, or nothing would be changed.</exception>
    public UpdateParts(UpdateOptions options, IReadOnlyList<EncodedAttribute> attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            string name = attributes[i].Name;
            if (options.Match.Contains(name))
            {
                Match.Add(name, i);
            }

            if (options.Increment.ContainsKey(name))
            {
                Increment.Add(name, i);
            }
            else if (!options.Match.Contains(name) && !options.Remove.Contains(name))
            {
                Set.Add(i);
            }
        }

        foreach (string name in options.Match.Where(name => !Match.ContainsKey(name)))
        {
            throw new ItemException(FailureKind.ValueNotSupported, $"the object has no attribute '{name}', which -MatchProperty compares. Read the objects with it.", name);
        }

        foreach (KeyValuePair<string, byte[]?> counter in options.Increment.Where(c => c.Value is null && !Increment.ContainsKey(c.Key)))
        {
            throw new ItemException(
                FailureKind.ValueNotSupported, $"the object has no attribute '{counter.Key}' to increment by. Add it, or name the amount: -Increment @{{ {counter.Key} = 1 }}.", counter.Key);
        }

        if (Set.Count == 0 && options.Remove.Count == 0 && options.Increment.Count == 0)
        {
            throw new ItemException(
                FailureKind.ValueNotSupported, "the object holds nothing to change beside its key. Give it the attributes to set, or name what to do with -RemoveAttribute or -Increment.");
        }
    }

    /// <summary>The attributes that are set, by their place in the item.</summary>
    public List<int> Set { get; } = [];

    /// <summary>The counters whose amount, or place, the object has.</summary>
    public Dictionary<string, int> Increment { get; } = [];

    /// <summary>The attributes that are compared.</summary>
    public Dictionary<string, int> Match { get; } = [];
}
