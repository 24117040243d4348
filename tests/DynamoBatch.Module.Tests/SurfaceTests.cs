using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

public class SurfaceTests
{
    [Fact]
    public void The_engine_knows_nothing_of_PowerShell_and_nothing_of_the_commands()
    {
        using var engine = new AssemblyFile(Built.File(Built.Engine));

        engine.References.ShouldNotContain("System.Management.Automation");
        engine.References.Where(r => r.StartsWith("DynamoBatch", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_loader_knows_neither_the_engine_nor_the_SDK()
    {
        using var loader = new AssemblyFile(Built.File(Built.Loading));

        loader.References.Where(IsHidden).ShouldBeEmpty();
    }

    [Fact]
    public void Public_types_of_the_commands_expose_no_type_of_the_engine_or_the_SDK()
    {
        using var commands = new AssemblyFile(Built.File(Built.Commands));
        var exposed = commands.Exposed().ToList();

        exposed.Count.ShouldBeGreaterThan(100, "otherwise this test looks at nothing");
        exposed.Where(e => IsHidden(e.Type)).Select(e => $"{e.Place}: {e.Type}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_static_is_mutable_but_the_connection_cache()
    {
        string[] allowed = ["DynamoBatch.Core.Wire.ConnectionCache.Connections", "DynamoBatch.Loading.ModuleInitializer._installed"];
        string[] caches = ["Concurrent", "ConditionalWeakTable", "ThreadLocal", "AsyncLocal", "StringBuilder", "MemoryStream", "ArrayBufferWriter"];
        var mutable =
            from assembly in new[] { Built.Commands, Built.Loading, Built.Engine }
            from field in Statics(assembly)
            where !field.IsReadOnly || field.Types.Any(t => caches.Any(c => t.Contains(c, StringComparison.Ordinal)))
            select field.Name;

        mutable.Except(allowed).ShouldBeEmpty();
    }

    private static (string Name, bool IsReadOnly, System.Collections.Generic.IReadOnlyList<string> Types)[] Statics(string assembly)
    {
        using var file = new AssemblyFile(Built.File(assembly));
        return file.Statics().ToArray();
    }

    private static bool IsHidden(string name) =>
        name.StartsWith(Built.Engine, StringComparison.Ordinal) || name.StartsWith("AWSSDK.", StringComparison.Ordinal);
}
