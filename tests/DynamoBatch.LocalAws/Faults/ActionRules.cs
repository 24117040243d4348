using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.LocalAws.Faults;

/// <summary>Rules that deny actions: "Scan", "dynamodb:Scan", of one table "Scan/Users"; "*" is every action.</summary>
internal static class ActionRules
{
    /// <summary>Whether a rule denies the action on one of the tables.</summary>
    public static bool Deny(IReadOnlyList<string> rules, string action, IReadOnlyList<string> tables, out string? table)
    {
        foreach (var denied in rules)
        {
            var rule = denied.StartsWith("dynamodb:", StringComparison.Ordinal) ? denied["dynamodb:".Length..] : denied;
            var slash = rule.IndexOf('/', StringComparison.Ordinal);
            var name = slash < 0 ? rule : rule[..slash];
            table = slash < 0 ? null : rule[(slash + 1)..];
            if ((name == "*" || name == action) && (table is null || tables.Contains(table)))
            {
                table ??= tables is [var first, ..] ? first : null;
                return true;
            }
        }

        table = null;
        return false;
    }
}
