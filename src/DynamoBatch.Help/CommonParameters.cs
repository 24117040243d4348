using System;
using System.Collections.Generic;
using System.Linq;

namespace DynamoBatch.Help;

/// <summary>What is said of parameters once for all commands.</summary>
internal sealed class CommonParameters
{
    public const string FileName = "common-parameters.md";

    private readonly Dictionary<string, ParameterText> _texts;

    private CommonParameters(IReadOnlyList<ParameterText> texts)
    {
        Texts = texts;
        _texts = texts.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ParameterText> Texts { get; }

    public static CommonParameters Read(Page page, PlainText plain) =>
        new(page.Root.Parts.SelectMany(g => g.Parts).Select(s => ParameterText.Read(page, s, plain)).ToList());

    public ParameterText? Find(string name) => _texts.GetValueOrDefault(name);

    /// <summary>The link by which a page says that a parameter is told of here.</summary>
    public static string LinkTo(string name) => $"{FileName}#-{name.ToLowerInvariant()}";
}
