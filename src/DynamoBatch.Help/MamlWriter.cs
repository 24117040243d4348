using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DynamoBatch.Help;

/// <summary>Writes the help file that Get-Help reads.</summary>
internal sealed class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private readonly Site _site;

    public MamlWriter(Site site) => _site = site;

    public XDocument Write(IEnumerable<CommandPage> pages) => new(
        new XComment(" Made by the build of the pages in docs. "),
        new XElement(Help + "helpItems", new XAttribute("schema", "maml"), pages.Select(Command)));

    private XElement Command(CommandPage page)
    {
        string[] name = page.Command.Name.Split('-');
        return new XElement(
            Cmd + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Cmd),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Cmd + "details",
                new XElement(Cmd + "name", page.Command.Name),
                new XElement(Cmd + "verb", name[0]),
                new XElement(Cmd + "noun", name[1]),
                Text("description", MamlParagraphs.Of(page.Page.Root.Lead, page.Plain))),
            Text("description", DescriptionOf(page)),
            new XElement(Cmd + "syntax", page.Command.Sets.Select(s => SyntaxItem(page, s))),
            new XElement(Cmd + "parameters", page.InOrder(page.Command.Parameters).Select(p => ParameterOf(page, p, inSyntax: false))),
            new XElement(Cmd + "inputTypes", Typed(page, "Input").Select(t => TypeOf(Cmd + "inputType", t))),
            new XElement(Cmd + "returnValues", Typed(page, "Output").Select(t => TypeOf(Cmd + "returnValue", t))),
            new XElement(Maml + "alertSet", NotesOf(page)),
            new XElement(Cmd + "examples", page.Page.Find("Examples")!.Parts.Select((e, i) => Example(page, e, i + 1))),
            new XElement(Cmd + "relatedLinks", LinksOf(page)));
    }

    // Sections of the page's own belong to the description up to the examples, and to the notes after the parameters.
    private static IEnumerable<string> DescriptionOf(CommandPage page) => page.Page.Root.Parts
        .SkipWhile(s => s.Title != "Description").TakeWhile(s => s.Title != "Examples")
        .SelectMany(s => Flat(page, s).Skip(s.Title == "Description" ? 1 : 0));

    private static IEnumerable<XElement> NotesOf(CommandPage page) => page.Page.Root.Parts
        .SkipWhile(s => s.Title != "Output").Skip(1).Where(s => s.Title != "Related links")
        .Select(s => new XElement(Maml + "alert", Flat(page, s).Append(string.Empty).Select(Paragraph)));

    private static IEnumerable<string> Flat(CommandPage page, Section section) => MamlParagraphs.Of(section.Lead, page.Plain)
        .Prepend(section.Title.ToUpperInvariant())
        .Concat(section.Parts.SelectMany(p => Flat(page, p)));

    private static XElement SyntaxItem(CommandPage page, ParameterSet set) => new(
        Cmd + "syntaxItem",
        new XElement(Maml + "name", page.Command.Name),
        new SyntaxOrder(page).Of(set).Select(p => ParameterOf(page, p, inSyntax: true)));

    private static XElement ParameterOf(CommandPage page, Parameter parameter, bool inSyntax)
    {
        ParameterText text = page.TextOf(parameter.Name)!;
        return new XElement(
            Cmd + "parameter",
            new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", parameter.TakesWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", parameter.TakesPipeline ? "True (ByValue)" : "False"),
            new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Text("description", MamlParagraphs.Of(text.Text, page.Plain)),
            inSyntax && parameter.Values.Count > 0
                ? new XElement(Cmd + "parameterValueGroup", parameter.Values.Select(v => ValueOf(v, required: false)))
                : parameter.IsSwitch ? null : ValueOf(parameter.Type, required: true),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", text.Default ?? (parameter.IsSwitch ? "False" : "None")));
    }

    private static XElement ValueOf(string text, bool required) => new(
        Cmd + "parameterValue",
        new XAttribute("required", required ? "true" : "false"),
        new XAttribute("variableLength", "false"),
        text);

    private static IEnumerable<TypedText> Typed(CommandPage page, string section) =>
        page.Page.Find(section)!.Lead.OfType<ParagraphBlock>().Select(p => TypedText.Read(p, page.Plain)!);

    private static XElement TypeOf(XName element, TypedText typed) => new(
        element,
        new XElement(Dev + "type", new XElement(Maml + "name", typed.Type)),
        Text("description", [typed.Text]));

    private static XElement Example(CommandPage page, Section example, int number)
    {
        FencedCodeBlock code = example.Lead.OfType<FencedCodeBlock>().First(c => c.Info == "powershell");
        return new XElement(
            Cmd + "example",
            new XElement(Maml + "title", $"---------- Example {number.ToString(CultureInfo.InvariantCulture)}: {example.Title} ----------"),
            new XElement(Dev + "code", PlainText.Code(code)),
            new XElement(Dev + "remarks", MamlParagraphs.Of(example.Lead.Where(b => b != code), page.Plain).Append(string.Empty).Select(Paragraph)));
    }

    private IEnumerable<XElement> LinksOf(CommandPage page) => page.Page.Find("Related links")!.Lead
        .SelectMany(b => b.Descendants<LinkInline>())
        .Select(l => Link(PlainText.Raw(l), _site.Address(l.Url!)))
        // Get-Help -Online opens the first address that there is.
        .Prepend(Link("Online version:", Site.PageOf(page.Page.FileName)));

    private static XElement Link(string text, Uri? address) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", text),
        new XElement(Maml + "uri", address?.ToString() ?? string.Empty));

    private static XElement Text(string element, IEnumerable<string> paragraphs) => new(Maml + element, paragraphs.Select(Paragraph));

    // An empty one at the end makes the blank line that Get-Help leaves out between notes, and between examples.
    private static XElement Paragraph(string text) => new(Maml + "para", text);
}
