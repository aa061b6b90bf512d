using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>A file of the story as a model may read it: line by line; without what is secret then, without comments, and without what happens off the page. Settings are none.</summary>
internal sealed class PublicFile
{
    private readonly PublicLines _lines;
    private readonly List<TextSpan> _kept;

    private PublicFile(Snapshot snapshot, DocumentFacts facts, SourceText text, Container? place)
    {
        Reading = new(snapshot, place);
        Text = text;
        _lines = new(snapshot, Reading.Secrets, facts.Path);
        _kept =
        [
            .. snapshot.ContainersIn(facts.Path).Where(container => snapshot.Schemas.IsKindOf(container.Type, "event")).Select(container => container.Fact.Span),
            // What is said over several lines is in none of them alone.
            .. Reading.Secrets.In(text.Text).Select(said => facts.Prose.Any(prose => prose.Span.Overlaps(said.Span)) ? Paragraph(said.Span) : said.Span),
        ];
    }

    /// <summary>What may be said of it.</summary>
    public ModelReading Reading { get; }

    /// <summary>The whole text.</summary>
    public SourceText Text { get; }

    /// <summary>Whether every line of it may be told.</summary>
    public bool IsWhole => Enumerable.Range(0, Text.LineCount).All(line => Line(line) is not null);

    /// <summary>The file of a path, as for who has read it to its end; null where the story has none that is text of the story.</summary>
    public static PublicFile? Of(Snapshot snapshot, string path) =>
        Of(snapshot, path, snapshot.ContainersIn(path).Where(container => snapshot.Schemas.IsKindOf(container.Type, "scene")).MaxBy(snapshot.Narrative.PositionOf));

    /// <summary>The same, as of a scene; null: before all scenes.</summary>
    public static PublicFile? Of(Snapshot snapshot, string path, Container? place) =>
        !PublicLines.IsSettings(path) && snapshot.Facts(path) is { Kind: DocumentKind.Yaml or DocumentKind.Markdown or DocumentKind.Fountain } facts && snapshot.Text(path) is { } text && text.Length == facts.Lines.TextLength
            ? new(snapshot, facts, text, place) : null;

    /// <summary>A line without its end, from 0; null where it is not to be told.</summary>
    public string? Line(int line) => IsKept(Text.GetLineSpan(line)) ? null : _lines.Line(line);

    /// <summary>The one place where a text stands that a client has been told; null where it stands nowhere, or in several places.</summary>
    /// <param name="old">The text; line feeds stand for the line ends of the file.</param>
    /// <param name="isThere">Whether it stands in several.</param>
    public TextSpan? Find(string old, out bool isThere)
    {
        old = Text.DominantLineEnding is var end && end != "\n" && !old.Contains('\r', StringComparison.Ordinal) ? old.Replace("\n", end, StringComparison.Ordinal) : old;
        var places = new List<TextSpan>();
        for (var at = Text.Text.IndexOf(old, StringComparison.Ordinal); at >= 0; at = Text.Text.IndexOf(old, at + 1, StringComparison.Ordinal))
        {
            var span = new TextSpan(at, old.Length);
            if (Enumerable.Range(Text.GetPosition(span.Start).Line, Text.GetPosition(span.End).Line - Text.GetPosition(span.Start).Line + 1).All(line => Line(line) is not null))
            {
                places.Add(span);
            }
        }

        isThere = places.Count > 1;
        return places is [var only] ? only : null;
    }

    private bool IsKept(TextSpan line) => _kept.Exists(span => span.Start < line.End && line.Start < span.End);

    private TextSpan Paragraph(TextSpan span)
    {
        var (first, last) = (Text.GetPosition(span.Start).Line, Text.GetPosition(span.End).Line);
        while (first > 0 && !Text.Slice(Text.GetLineSpan(first - 1)).AsSpan().IsWhiteSpace())
        {
            first--;
        }

        while (last + 1 < Text.LineCount && !Text.Slice(Text.GetLineSpan(last + 1)).AsSpan().IsWhiteSpace())
        {
            last++;
        }

        return TextSpan.FromBounds(Text.GetLineSpan(first).Start, Text.GetLineSpan(last).End);
    }
}
