using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Amazon;

namespace DynamoBatch.Core.Wire;

/// <summary>Names of regions: their form, and those that the SDK knows. New ones appear between two versions of it.</summary>
internal static class RegionNames
{
    private static readonly Regex Form = new("^[a-z]{2,5}(-[a-z]{2,})+-[0-9]{1,2}$", RegexOptions.CultureInvariant);

    /// <summary>What a server other than AWS may call its region, such as "local".</summary>
    private static readonly Regex Plain = new("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant);

    /// <summary>Taken from the SDK's own fields: its enumeration grows by every name that it is ever asked for.</summary>
    private static readonly RegionEndpoint[] Known = typeof(RegionEndpoint)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.FieldType == typeof(RegionEndpoint))
        .Select(f => (RegionEndpoint)f.GetValue(null)!)
        .ToArray();

    /// <summary>The regions that the SDK knows.</summary>
    public static IReadOnlyList<RegionEndpoint> All => Known;

    /// <summary>Whether the name has the form of a region's.</summary>
    public static bool IsWellFormed(string name) => IsKnown(name) || Form.IsMatch(name);

    /// <summary>Whether the name can stand in a signature at all.</summary>
    public static bool IsPlain(string name) => Plain.IsMatch(name);

    /// <summary>Whether the SDK knows the region.</summary>
    public static bool IsKnown(string name) => Known.Any(r => r.SystemName == name);

    /// <summary>The known region whose name is nearest; null where none is near.</summary>
    public static string? Nearest(string name)
    {
        string wanted = name.Trim().ToLowerInvariant();
        var nearest = Known.Select(r => (Name: r.SystemName, Distance: Distance(wanted, r.SystemName))).OrderBy(r => r.Distance).First();
        return nearest.Distance <= 3 ? nearest.Name : null;
    }

    /// <summary>How many letters must be changed, added or left out.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
