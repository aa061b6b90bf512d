using System.Buffers;
using StoryLsp.Continuity.Prose;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Tests.Prose;

/// <summary>A text in which a few names are known.</summary>
internal static class Sample
{
    private static readonly string[] Names = ["Ada Vane", "Miss Vane", "Ada", "Tom", "Lena", "Josiah"];

    private static readonly SearchValues<string> Letters = SearchValues.Create(["a"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The prose of a Markdown text.</summary>
    public static ProseReading Read(string markdown, string path = "scenes/1.md") =>
        ProseReading.Of(DocumentReader.Read(path, SourceText.From(markdown), new ReadingContext(SchemaSet.Shipped, StorySettings.None, [])));

    /// <summary>The sentences of a text that hold a name.</summary>
    public static IEnumerable<ProseSentence> Sentences(string markdown) => Read(markdown).SentencesWith(NamesIn(markdown), Letters).Select(found => found.Sentence);

    /// <summary>The first sentence of a text.</summary>
    public static ProseSentence First(string markdown)
    {
        var paragraph = Read(markdown).Paragraphs[0];
        return paragraph.Read(paragraph.Sentences[0], NamesIn(markdown));
    }

    /// <summary>What the statements of a text say, as <c>Ada eyes brown</c>.</summary>
    public static string Attributes(string markdown) => string.Join("; ", Sentences(markdown).SelectMany(AttributePhrases.In)
        .Select(found => $"{Slice(markdown, found.Name)} {(found.Part == ColouredPart.Eyes ? "eyes" : "hair")} {Slice(markdown, found.Colour)}"));

    /// <summary>What ages a text states, as <c>Ada 34</c>.</summary>
    public static string Ages(string markdown) => string.Join("; ", Sentences(markdown).SelectMany(AgePhrases.In)
        .Select(found => $"{Slice(markdown, found.Name)} {found.Years}"));

    private static List<NamedPlace> NamesIn(string text)
    {
        var result = new List<NamedPlace>();
        for (var at = 0; at < text.Length; at++)
        {
            if (Names.FirstOrDefault(name => string.CompareOrdinal(text, at, name, 0, name.Length) == 0) is { } name)
            {
                result.Add(new(new(at, name.Length), new ContainerKey(name, 0)));
                at += name.Length - 1;
            }
        }

        return result;
    }

    private static string Slice(string text, TextSpan span) => text.Substring(span.Start, span.Length);
}
