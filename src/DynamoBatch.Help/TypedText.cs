using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DynamoBatch.Help;

/// <summary>A type, in bold, and what is said of it.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Text">What is said.</param>
internal sealed record TypedText(string Type, string Text)
{
    /// <summary>Reads a paragraph; null where it does not begin so.</summary>
    public static TypedText? Read(ParagraphBlock paragraph, PlainText plain) =>
        paragraph.Inline?.FirstChild is EmphasisInline { DelimiterCount: 2 } bold
        && PlainText.Raw(bold) is var type
        && plain.Of(paragraph)[type.Length..] is ['.', .. var text]
            ? new TypedText(type, text.TrimStart())
            : null;
}
