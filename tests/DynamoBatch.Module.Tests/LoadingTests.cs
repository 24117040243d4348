using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

public class LoadingTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void Every_public_type_loads_where_the_engine_is_not_found()
    {
        var context = new ModuleContext(withEngine: false);
        Type[] types = context.Load(Built.Commands).GetExportedTypes();

        types.ShouldNotBeEmpty();
        foreach (Type type in types)
        {
            // What PowerShell asks of a type at import.
            _ = type.GetInterfaces();
            _ = type.GetCustomAttributesData();
            _ = type.GetFields(All).Select(f => f.FieldType).ToList();
            _ = type.GetProperties(Visible).Select(p => (p.PropertyType, p.GetCustomAttributesData().Count)).ToList();
        }

        context.Unload();
    }

    [Fact]
    public void Every_kind_of_failure_has_a_category()
    {
        var context = new ModuleContext(withEngine: true);
        Assembly commands = context.Load(Built.Commands);
        MethodInfo categoryOf = commands.GetType("DynamoBatch.Pipeline.ErrorRecords", throwOnError: true)!.GetMethod("CategoryOf")!;

        Array kinds = FailureKinds(context);
        kinds.Length.ShouldBeGreaterThan(10);
        foreach (object kind in kinds)
        {
            categoryOf.Invoke(null, [kind])!.ToString().ShouldNotBe("NotSpecified", kind.ToString());
        }

        context.Unload();
    }

    [Theory]
    [InlineData("DynamoBatch.Core.FailureKind", "")]
    [InlineData("DynamoBatch.Core.Resuming.CheckpointProblem", "Checkpoint")]
    [InlineData("DynamoBatch.Core.Restoring.RestoreProblem", "Restore")]
    public void Every_kind_of_failure_has_a_row_with_its_cause_and_remedy(string kinds, string prefix)
    {
        string page = File.ReadAllText(Path.Combine(Built.Root, "docs", "about_DynamoBatch_Errors.md"));
        var context = new ModuleContext(withEngine: true);

        Enum.GetNames(context.Load(Built.Engine).GetType(kinds, throwOnError: true)!)
            .Where(k => !Regex.IsMatch(page, $@"^\| {prefix}{k} \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline))
            .ShouldBeEmpty();

        context.Unload();
    }

    private static Array FailureKinds(ModuleContext context) =>
        Enum.GetValues(context.Load(Built.Engine).GetType("DynamoBatch.Core.FailureKind", throwOnError: true)!);
}
