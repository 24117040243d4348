using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using DynamoBatch.Help;
using Shouldly;
using Xunit;
using static DynamoBatch.Module.Tests.HelpPages;

namespace DynamoBatch.Module.Tests;

/// <summary>What the help is made of, and what the build says of pages that are not right. Needs no PowerShell.</summary>
public class HelpBuildTests
{
    private static readonly Command Reading = new(
        "Read-DdbThing",
        [
            new ParameterSet("Default",
            [
                new Parameter("Name", "String", true, 0, false, false, [], []),
                new Parameter("Mode", "Mode", false, null, false, false, [], ["Fast", "Slow"]),
                new Parameter("Region", "String", false, null, false, false, ["RegionToCall"], []),
            ]),
        ],
        ["Things.Thing"]);

    [Fact]
    public void A_page_that_is_right_gives_help_and_no_problem()
    {
        (IReadOnlyDictionary<string, string> files, IReadOnlyList<string> found) = Run(GoodPage);

        found.ShouldBeEmpty();
        files.Keys.ShouldBe(["DynamoBatch.dll-Help.xml", "about_Things.help.txt"], ignoreOrder: true);
    }

    [Fact]
    public void Types_come_from_the_command_and_texts_from_the_page_or_the_common_page()
    {
        XElement[] parameters = Named(XDocument.Parse(Run(GoodPage).Files["DynamoBatch.dll-Help.xml"]), "parameters").Single().Elements().ToArray();

        parameters.Select(p => Named(p, "name").First().Value).ShouldBe(["Name", "Mode", "Region"]);
        Named(parameters[0], "para").Select(p => p.Value).ShouldBe(["Its name.", "In two paragraphs."]);
        parameters[0].Attribute("required")!.Value.ShouldBe("true");
        Named(parameters[1], "defaultValue").Single().Value.ShouldBe("Fast");
        Named(parameters[2], "para").Single().Value.ShouldBe("The region, such as eu-west-1.");
        parameters[2].Attribute("aliases")!.Value.ShouldBe("RegionToCall");
    }

    [Fact]
    public void Syntax_names_the_values_of_an_enumeration()
    {
        XElement item = Named(XDocument.Parse(Run(GoodPage).Files["DynamoBatch.dll-Help.xml"]), "syntaxItem").Single();

        Named(Named(item, "parameterValueGroup").Single(), "parameterValue").Select(v => v.Value).ShouldBe(["Fast", "Slow"]);
    }

    [Fact]
    public void A_link_keeps_its_address_only_where_Get_Help_does_not_find_it()
    {
        string text = Run(GoodPage).Files["DynamoBatch.dll-Help.xml"];

        text.ShouldContain("It reads. about_Things says more, and so does the runbook (https://github.com/dynamobatch/dynamobatch/blob/main/docs/runbooks/things.md).");
    }

    [Fact]
    public void The_first_link_is_the_page_itself()
    {
        XDocument help = XDocument.Parse(Run(GoodPage).Files["DynamoBatch.dll-Help.xml"]);

        Named(Named(help, "relatedLinks").Single(), "uri").First().Value.ShouldBe("https://github.com/dynamobatch/dynamobatch/blob/main/docs/Read-DdbThing.md");
    }

    [Theory]
    [InlineData("### -Mode\n\nType: Mode. Default: Fast. Values: Fast, Slow.\n\nHow.\n", "", "-Mode has no text")]
    [InlineData("\n\nHow.\n", "\n", "-Mode has no text")]
    [InlineData("### -Mode", "### -Speed", "Read-DdbThing has no parameter -Speed")]
    [InlineData("Values: Fast, Slow.", "Values: Fast.", "Type: Mode. Default: Fast. Values: Fast, Slow.")]
    [InlineData("Type: String.\n\nIts", "Type: Int32.\n\nIts", "Type: String.")]
    [InlineData("[-Region](common-parameters.md#-region)", "none", "[-Region](common-parameters.md#-region)")]
    [InlineData("### Three", "Not three", "2 examples; 3 are the least")]
    [InlineData("The second.", "", "Say in a paragraph")]
    [InlineData("```powershell run", "```powershell maybe", "powershell run")]
    [InlineData("## Limits\n\n- One thing.\n", "", "lacks the section '## Limits'")]
    [InlineData("## Input", "## Inputs", "lacks the section '## Input'")]
    [InlineData("[-Name] <string>", "-Name <string>", "[-Name] <string>")]
    [InlineData("[-Mode <Mode>]", "[-Mode <string>]", "parameter sets")]
    [InlineData("[<options>]\n", "\n", "parameter sets")]
    [InlineData("**Things.Thing**. The thing.", "**Things.Other**. It.", "emits Things.Thing")]
    [InlineData("**Things.Thing**. The", "Things.Thing, the", "begins with a type in bold")]
    [InlineData("# Read-DdbThing", "# Reading", "# Read-DdbThing")]
    [InlineData("It reads.", "It reads '*-Ddb*:Region'.", "in italics")]
    [InlineData("It reads.", "It reads <name>.", "is HTML")]
    [InlineData("It reads.", "> It reads.", "Get-Help cannot show this")]
    public void What_is_not_right_is_a_problem_of_that_page(string text, string instead, string message)
    {
        GoodPage.ShouldContain(text);

        (_, IReadOnlyList<string> found) = Run(GoodPage.Replace(text, instead, StringComparison.Ordinal));

        found.ShouldContain(f => f.StartsWith("docs/Read-DdbThing.md(", StringComparison.Ordinal) && f.Contains(message, StringComparison.Ordinal), string.Join(Environment.NewLine, found));
    }

    [Fact]
    public void A_problem_names_its_line_as_the_build_reads_it()
    {
        (_, IReadOnlyList<string> found) = Run(GoodPage.Replace("### -Mode", "### -Speed", StringComparison.Ordinal));
        int line = GoodPage.Split('\n').ToList().IndexOf("### -Mode") + 1;

        found.ShouldContain($"docs/Read-DdbThing.md({line}): error DDBHELP: Read-DdbThing has no parameter -Speed.");
    }

    [Fact]
    public void A_command_without_a_page_and_a_page_without_a_command_are_problems()
    {
        Run(GoodPage, [Reading, Reading with { Name = "Read-DdbOther" }]).Found.ShouldContain(f => f.Contains("Read-DdbOther has no page", StringComparison.Ordinal));
        Run(GoodPage, []).Found.ShouldContain(f => f.Contains("There is no command Read-DdbThing", StringComparison.Ordinal));
    }

    [Fact]
    public void A_common_text_that_no_command_needs_is_a_problem()
    {
        const string unused = Common + "\n\n### -Colour\n\nType: String.\n\nWhich.\n";

        Run(GoodPage, [Reading], unused).Found.ShouldContain(f => f.StartsWith("docs/common-parameters.md(", StringComparison.Ordinal) && f.Contains("-Colour", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_is_a_problem_no_help_of_commands_is_made()
    {
        Run(GoodPage.Replace("The second.", string.Empty, StringComparison.Ordinal)).Files.Keys.ShouldBe(["about_Things.help.txt"]);
    }

    private static (IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Found) Run(string page, Command[]? commands = null, string common = Common)
    {
        var problems = new Problems();
        IReadOnlyDictionary<string, string> files = HelpBuild.Run(
            commands ?? [Reading],
            [Page.Parse("docs/Read-DdbThing.md", page), Page.Parse("docs/common-parameters.md", common), Page.Parse("docs/about_Things.md", Topic)],
            problems);
        return (files, problems.Found);
    }

    private static IEnumerable<XElement> Named(XContainer from, string name) => from.Descendants().Where(e => e.Name.LocalName == name);
}
