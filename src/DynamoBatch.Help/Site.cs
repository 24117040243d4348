using System;
using System.Collections.Generic;

namespace DynamoBatch.Help;

/// <summary>Where the pages can be read, and what their links become in a text.</summary>
internal sealed class Site
{
    private const string Docs = "https://github.com/dynamobatch/dynamobatch/blob/main/docs/";

    private readonly HashSet<string> _helped;

    /// <param name="helped">The names of the pages that Get-Help shows.</param>
    public Site(IEnumerable<string> helped) => _helped = new HashSet<string>(helped, StringComparer.OrdinalIgnoreCase);

    public static Uri PageOf(string fileName) => new(Docs + fileName);

    /// <summary>The address of a link of a page; null where Get-Help finds it by its name, or it leads to another part of the page.</summary>
    public Uri? Address(string link)
    {
        if (link.StartsWith('#') || _helped.Contains(link.Split('#')[0].Replace(".md", string.Empty, StringComparison.Ordinal)))
        {
            return null;
        }

        return new Uri(new Uri(Docs), link);
    }
}
