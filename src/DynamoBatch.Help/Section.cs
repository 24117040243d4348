using System.Collections.Generic;
using Markdig.Syntax;

namespace DynamoBatch.Help;

/// <summary>A heading and what is below it, up to the next one of its level.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Line">Its line, counted from 0.</param>
/// <param name="Lead">What comes before the first heading of the next level.</param>
/// <param name="Parts">The sections of the next level.</param>
internal sealed record Section(string Title, int Line, IReadOnlyList<Block> Lead, IReadOnlyList<Section> Parts);
