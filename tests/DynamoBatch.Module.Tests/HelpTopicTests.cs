using System.Collections.Generic;
using System.Linq;
using DynamoBatch.Help;
using Shouldly;
using Xunit;

namespace DynamoBatch.Module.Tests;

/// <summary>The layout of about topics.</summary>
public class HelpTopicTests
{
    [Fact]
    public void Text_is_wrapped_at_80_columns_and_indented_below_its_heading()
    {
        string[] lines = Write($"## Part one\n\n{string.Join(' ', Enumerable.Repeat("word", 40))}\n").Lines;

        lines.SkipWhile(l => l != "PART ONE").ElementAt(1).ShouldStartWith("    word");
        lines.ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public void Code_stands_as_it_is()
    {
        Write("## Part\n\n```powershell\nGet-Thing |\n    Set-Thing\n```\n").Lines.ShouldContain("            Set-Thing");
    }

    [Fact]
    public void Code_that_is_too_wide_is_a_problem_of_its_line()
    {
        Write($"## Part\n\n```powershell\n'a'\n'{new string('x', 80)}'\n```\n").Found.ShouldHaveSingleItem().ShouldStartWith("about_X.md(9): error DDBHELP: This line is too long by 10");
    }

    [Fact]
    public void A_table_has_columns_that_fit()
    {
        string[] lines = Write($"## Part\n\n| Name | Text |\n|---|---|\n| a | {string.Join(' ', Enumerable.Repeat("word", 30))} |\n| bbb | short |\n").Lines;

        lines.ShouldContain("    Name  Text");
        lines.ShouldContain("    ----  ----");
        lines.ShouldContain("    bbb   short");
        lines.ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public void A_table_without_room_for_its_columns_is_a_list()
    {
        string cause = string.Join(' ', Enumerable.Repeat("cause", 20));
        string[] lines = Write($"## Part\n\n| Id | Cause | Remedy |\n|---|---|---|\n| {new string('N', 31)} | {cause} | {cause} |\n").Lines;

        lines.ShouldContain("    " + new string('N', 31));
        lines.ShouldContain(l => l.StartsWith("        Cause: cause"));
        lines.ShouldContain(l => l.StartsWith("        Remedy: cause"));
    }

    [Fact]
    public void A_list_hangs_below_its_marks()
    {
        string[] lines = Write($"## Part\n\n1. {string.Join(' ', Enumerable.Repeat("word", 20))}\n2. two\n").Lines;

        lines.ShouldContain(l => l.StartsWith("    1. word"));
        lines.ShouldContain(l => l.StartsWith("       word"));
        lines.ShouldContain("    2. two");
    }

    private static (string[] Lines, IReadOnlyList<string> Found) Write(string sections)
    {
        var problems = new Problems();
        string text = HelpBuild.Run([], [Page.Parse("about_X.md", "# about_X\n\nShort.\n\n" + sections)], problems)["about_X.help.txt"];
        return (text.Split('\n'), problems.Found);
    }
}
