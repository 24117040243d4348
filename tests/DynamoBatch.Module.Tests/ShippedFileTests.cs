using System.IO;
using System.Linq;
using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

public class ShippedFileTests
{
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

    private static string[] Names(string folder) => Directory.GetFiles(folder, "*.dll").Select(f => Path.GetFileName(f)).ToArray();
}
