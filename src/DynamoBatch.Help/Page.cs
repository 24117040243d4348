using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>A page of docs: a title, a lead, and sections.</summary>
internal sealed class Page
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private Page(string path, Section root)
    {
        Path = path;
        Root = root;
    }

    public string Path { get; }

    /// <summary>The name of the file, without its end: that of the command or topic.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The whole page; its parts are the sections of the second level.</summary>
    public Section Root { get; }

    public static Page Read(string path) => Parse(path, File.ReadAllText(path));

    public static Page Parse(string path, string text)
    {
        List<Block> blocks = [.. Markdown.Parse(text, Pipeline)];
        bool titled = blocks.Count > 0 && blocks[0] is HeadingBlock { Level: 1 };
        string title = titled ? PlainText.Raw(((HeadingBlock)blocks[0]).Inline!) : string.Empty;
        return new Page(path, Divide(title, 0, blocks.Skip(titled ? 1 : 0).ToList(), 2));
    }

    public Section? Find(string title) => Root.Parts.FirstOrDefault(s => string.Equals(s.Title, title, StringComparison.OrdinalIgnoreCase));

    private static Section Divide(string title, int line, List<Block> blocks, int level)
    {
        List<int> starts = [.. Enumerable.Range(0, blocks.Count).Where(i => blocks[i] is HeadingBlock h && h.Level == level)];
        List<Section> parts = [];
        for (int i = 0; i < starts.Count; i++)
        {
            var heading = (HeadingBlock)blocks[starts[i]];
            int end = i + 1 < starts.Count ? starts[i + 1] : blocks.Count;
            parts.Add(Divide(PlainText.Raw(heading.Inline!), heading.Line, blocks[(starts[i] + 1)..end], level + 1));
        }

        return new Section(title, line, starts.Count == 0 ? blocks : blocks[..starts[0]], parts);
    }
}
