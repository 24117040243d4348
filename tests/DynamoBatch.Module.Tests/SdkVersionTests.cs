using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

/// <summary>What Windows PowerShell's single load context makes necessary; decided by a function that runs everywhere.</summary>
public class SdkVersionTests
{
    [Theory]
    [InlineData("4.0.102.14", "4.0.102.18", true)]
    [InlineData("3.7.500.1", "4.0.102.18", true)]
    [InlineData("4.0.102.9", "4.0.102.18", true)]
    [InlineData("4.0.102.18", "4.0.102.18", false)]
    [InlineData("4.0.103.0", "4.0.102.18", false)]
    [InlineData(null, "4.0.102.18", false)]
    [InlineData("not a version", "4.0.102.18", false)]
    public void An_older_SDK_is_refused_and_no_other(string? loaded, string built, bool refused)
    {
        (Refusal(loaded, built) is not null).ShouldBe(refused);
    }

    [Fact]
    public void The_refusal_names_both_versions_the_file_and_the_ways_out()
    {
        string message = Refusal("4.0.102.14", "4.0.102.18")!;

        message.ShouldContain("AWSSDK.Core 4.0.102.18");
        message.ShouldContain("4.0.102.14");
        message.ShouldContain("'C:\\Modules\\AWSSDK.Core.dll'");
        message.ShouldContain("import DynamoBatch first");
        message.ShouldContain("PowerShell 7");
    }

    private static string? Refusal(string? loaded, string? built)
    {
        var context = new ModuleContext(withEngine: false);
        try
        {
            return (string?)context.Load(Built.Loading)
                .GetType("DynamoBatch.Loading.SdkVersion", throwOnError: true)!
                .GetMethod("Refusal")!
                .Invoke(null, ["AWSSDK.Core", "C:\\Modules\\AWSSDK.Core.dll", loaded, built]);
        }
        finally
        {
            context.Unload();
        }
    }
}
