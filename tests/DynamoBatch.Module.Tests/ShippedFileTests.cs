using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

public class ShippedFileTests
{
    /// <summary>Loaded by the SDK by name, for profiles that assume a role or log in.</summary>
    private static readonly string[] LoadedByName = ["AWSSDK.SecurityToken", "AWSSDK.SSO", "AWSSDK.SSOOIDC"];

    [Fact]
    public void Nothing_is_shipped_that_the_shared_framework_has()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Names(Built.Dependencies).Intersect(Names(framework)).ShouldBeEmpty();
    }

    [Fact]
    public void Beside_the_commands_lies_only_the_loader()
    {
        Names(Built.Module).ShouldBe(["DynamoBatch.Loading.dll", "DynamoBatch.dll"], ignoreOrder: true);
    }

    [Fact]
    public void PowerShell_itself_is_not_shipped()
    {
        Directory.GetFiles(Path.Combine(Built.Root, "lib"), "System.Management.Automation.dll", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AWSSDK.Core")]
    [InlineData("AWSSDK.DynamoDBv2")]
    [InlineData("AWSSDK.SecurityToken")]
    [InlineData("AWSSDK.SSO")]
    [InlineData("AWSSDK.SSOOIDC")]
    public void What_profiles_of_every_kind_need_is_shipped(string assembly)
    {
        File.Exists(Built.File(assembly)).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void Nothing_is_shipped_that_nothing_asks_for(string runtime)
    {
        Dictionary<string, string[]> shipped = References(runtime);
        var needed = new HashSet<string>();
        var asked = new Queue<string>(LoadedByName.Append(Built.Commands).Append(Built.Loading));
        while (asked.TryDequeue(out string? name))
        {
            if (needed.Add(name) && shipped.TryGetValue(name, out string[]? references))
            {
                Array.ForEach(references, asked.Enqueue);
            }
        }

        shipped.Keys.Except(needed).ShouldBeEmpty();
    }

    /// <summary>Windows PowerShell has no redirects for us: what is asked for must lie there or in .NET Framework 4.7.2 itself.</summary>
    [SkippableFact]
    public void Everything_is_shipped_that_the_NET_Framework_lacks()
    {
        string[] framework = Directory.GetFiles(Built.NetFramework, "*.dll", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)).ToArray();
        Dictionary<string, string[]> shipped = References("net472");

        shipped.SelectMany(s => s.Value).Except(shipped.Keys).Except(framework).ShouldBe(["System.Management.Automation"]);
    }

    [Fact]
    public void The_notices_name_each_library_with_the_version_that_is_shipped()
    {
        string notices = File.ReadAllText(Path.Combine(Built.Root, "THIRD-PARTY-NOTICES.md")).ReplaceLineEndings(" ");
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Built.Root, "src", "DynamoBatch", "obj", "project.assets.json")));
        string[] shipped = assets.RootElement.GetProperty("targets").EnumerateObject().SelectMany(t => t.Value.EnumerateObject())
            .Where(p => p.Value.TryGetProperty("runtime", out JsonElement files) && files.EnumerateObject().Any(f => IsShipped(f.Name)))
            .Select(p => p.Name.Replace('/', ' ')).Where(p => !p.StartsWith("DynamoBatch", StringComparison.Ordinal)).Distinct().ToArray();

        shipped.ShouldContain(p => p.StartsWith("AWSSDK.Core ", StringComparison.Ordinal));
        shipped.Where(p => !notices.Contains(p + ",", StringComparison.Ordinal) && !notices.Contains(p + ".", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static bool IsShipped(string asset) =>
        Path.GetFileName(asset) is var file && Directory.GetFiles(Path.Combine(Built.Root, "lib"), file, SearchOption.AllDirectories).Length > 0;

    /// <summary>Each assembly that is shipped for a runtime, with those that it refers to.</summary>
    private static Dictionary<string, string[]> References(string runtime)
    {
        string folder = Path.Combine(Built.Root, "lib", runtime);
        Skip.IfNot(Directory.Exists(folder), $"{runtime} was not built. Build the solution: dotnet build");
        return Directory.GetFiles(folder, "*.dll", SearchOption.AllDirectories).ToDictionary(f => Path.GetFileNameWithoutExtension(f), f =>
        {
            using var file = new AssemblyFile(f);
            return file.References.ToArray();
        });
    }

    private static string[] Names(string folder) => Directory.GetFiles(folder, "*.dll").Select(f => Path.GetFileName(f)).ToArray();
}
