using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>Makes all help files of all pages.</summary>
internal static class HelpBuild
{
    public const string MamlName = "DynamoBatch.dll-Help.xml";
    public const string TopicEnd = ".help.txt";

    private const string TopicStart = "about_";

    /// <summary>The files, by their names; incomplete where there are problems.</summary>
    public static IReadOnlyDictionary<string, string> Run(IReadOnlyList<Command> commands, IReadOnlyList<Page> pages, Problems problems)
    {
        List<Page> topics = [.. pages.Where(p => p.Name.StartsWith(TopicStart, StringComparison.Ordinal))];
        List<Page> ofCommands = [.. pages.Where(p => p.Name.Contains("-Ddb", StringComparison.Ordinal))];
        var site = new Site(topics.Concat(ofCommands).Select(p => p.Name));
        Page? commonPage = pages.FirstOrDefault(p => p.FileName == CommonParameters.FileName);
        Page common = commonPage ?? Page.Parse(CommonParameters.FileName, string.Empty);
        CommonParameters shared = CommonParameters.Read(common, new PlainText(site, common.Path, problems));

        List<CommandPage> told = [.. from command in commands
                                     join page in ofCommands on command.Name equals page.Name
                                     select new CommandPage(command, page, shared, new PlainText(site, page.Path, problems))];
        foreach (Command missing in commands.Where(c => told.All(t => t.Command != c)))
        {
            problems.Add($"docs/{missing.Name}.md", 0, $"{missing.Name} has no page.");
        }

        foreach (Page other in ofCommands.Where(p => told.All(t => t.Page != p)))
        {
            problems.Add(other.Path, 0, $"There is no command {other.Name}.");
        }

        foreach (ParameterText text in shared.Texts.Where(t => told.All(p => p.Shared.All(s => s.Name != t.Name))))
        {
            problems.Add(text.Path, text.Line, $"No command has a parameter -{text.Name} without a text of its own page.");
        }

        told.ForEach(t => new CommandPageCheck(t, problems).Run());
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Page topic in topics)
        {
            files.Add(topic.Name + TopicEnd, new TopicWriter(topic, new PlainText(site, topic.Path, problems), problems).Write());
        }

        // What lacks a section cannot be written.
        if (problems.Found.Count == 0)
        {
            files.Add(MamlName, new MamlWriter(site).Write(told).ToString());
        }

        return files;
    }
}
