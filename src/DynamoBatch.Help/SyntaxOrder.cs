using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>As PowerShell lists the parameters of a set: by place, then those that must be given, then the others.</summary>
internal sealed class SyntaxOrder
{
    private readonly CommandPage _page;

    public SyntaxOrder(CommandPage page) => _page = page;

    public IEnumerable<Parameter> Of(ParameterSet set) => _page.InOrder(set.Parameters)
        .OrderBy(p => p.Position ?? int.MaxValue)
        .ThenBy(p => p.IsMandatory ? 0 : 1)
        .ThenBy(p => p.Name is "WhatIf" or "Confirm" ? 1 : 0);
}
