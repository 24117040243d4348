using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>Says where a page and its command do not agree, and what a page lacks.</summary>
internal sealed class CommandPageCheck
{
    private const int Examples = 3;

    private readonly CommandPage _page;
    private readonly Problems _problems;

    public CommandPageCheck(CommandPage page, Problems problems)
    {
        _page = page;
        _problems = problems;
    }

    public void Run()
    {
        CheckSections();
        CheckParameters();
        CheckShared();
        CheckExamples();
        CheckTyped("Input", []);
        CheckTyped("Output", _page.Command.OutputTypes);
        if (_page.Page.Find("Syntax") is { } syntax)
        {
            new SyntaxCheck(_page, syntax, _problems).Run();
        }
    }

    private void CheckSections()
    {
        Section root = _page.Page.Root;
        if (root.Title != _page.Command.Name)
        {
            Report(0, $"The page should begin with '# {_page.Command.Name}'.");
        }

        if (root.Lead is not [ParagraphBlock])
        {
            Report(0, "Between the title and the first section there should be one paragraph: the synopsis.");
        }

        List<string> expected = [.. CommandPage.Sections.Where(s => _page.Page.Find(s) is not null)];
        List<Section> found = [.. root.Parts.Where(s => CommandPage.Sections.Contains(s.Title))];
        foreach (string missing in CommandPage.Sections.Except(found.Select(s => s.Title)))
        {
            Report(0, $"The page lacks the section '## {missing}'.");
        }

        foreach ((string wanted, Section section) in expected.Zip(found).Where(p => p.First != p.Second.Title).Take(1))
        {
            Report(section.Line, $"'## {section.Title}' is not in its place: here comes '## {wanted}'.");
        }
    }

    private void CheckParameters()
    {
        foreach (Parameter parameter in _page.Command.Parameters)
        {
            ParameterText? text = _page.TextOf(parameter.Name);
            if (text is null)
            {
                int line = _page.Page.Find("Parameters")?.Line ?? 0;
                Report(line, $"-{parameter.Name} has no text: add '### -{parameter.Name}' here, or to {CommonParameters.FileName} where it is the same for several commands.");
                continue;
            }

            if (text.Facts != text.FactsOf(parameter))
            {
                _problems.Add(text.Path, text.Line, $"Below this heading there should be the line '{text.FactsOf(parameter)}', as -{parameter.Name} is in {_page.Command.Name}. ('Default: ....' may be in it.)");
            }

            if (text.Text.Count == 0)
            {
                _problems.Add(text.Path, text.Line, $"-{parameter.Name} has no text.");
            }
        }

        foreach (ParameterText text in _page.OwnTexts.Where(t => _page.Command.Parameters.All(p => p.Name != t.Name)))
        {
            Report(text.Line, $"{_page.Command.Name} has no parameter -{text.Name}.");
        }

        foreach (IGrouping<string, ParameterText> twice in _page.OwnTexts.GroupBy(t => t.Name).Where(g => g.Count() > 1))
        {
            Report(twice.Last().Line, $"-{twice.Key} is here twice.");
        }
    }

    private void CheckShared()
    {
        List<string> linked = [.. _page.LinkedNames];
        List<string> shared = [.. _page.InOrder(_page.Shared).Select(p => p.Name)];
        if (!shared.SequenceEqual(linked))
        {
            string links = string.Join(", ", shared.Select(n => $"[-{n}]({CommonParameters.LinkTo(n)})"));
            Report(_page.Page.Find("Parameters")?.Line ?? 0, $"The paragraph below this heading should link to the common parameters that the page has no own text for: {links}");
        }
    }

    private void CheckExamples()
    {
        Section? section = _page.Page.Find("Examples");
        if (section is not null && section.Parts.Count < Examples)
        {
            Report(section.Line, $"There are {section.Parts.Count} examples; {Examples} are the least.");
        }

        foreach (Section example in section?.Parts ?? [])
        {
            List<FencedCodeBlock> code = [.. example.Lead.OfType<FencedCodeBlock>().Where(c => c.Info == "powershell")];
            if (code.Count != 1 || code[0].Arguments is not (null or "" or "run"))
            {
                Report(example.Line, "An example has one fence of code, that begins with ```powershell, or ```powershell run where the tests can run it.");
            }

            if (!example.Lead.OfType<ParagraphBlock>().Any())
            {
                Report(example.Line, "Say in a paragraph what the example shows.");
            }
        }
    }

    private void CheckTyped(string title, IReadOnlyList<string> types)
    {
        if (_page.Page.Find(title) is not { } section)
        {
            return;
        }

        List<string> told = [];
        foreach (Block block in section.Lead)
        {
            if (block is ParagraphBlock paragraph && TypedText.Read(paragraph, _page.Plain) is { } typed)
            {
                told.Add(typed.Type);
            }
            else
            {
                Report(block.Line, "A paragraph here begins with a type in bold, and a full stop: **System.String**. What it holds.");
            }
        }

        if (told.Count == 0)
        {
            Report(section.Line, "Name a type, or **None**.");
        }

        foreach (string missing in types.Except(told))
        {
            Report(section.Line, $"The command emits {missing}: say what that is.");
        }
    }

    private void Report(int line, string message) => _problems.Add(_page.Page.Path, line, message);
}
