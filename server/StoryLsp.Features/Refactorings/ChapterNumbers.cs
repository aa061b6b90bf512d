using System.Globalization;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// Gives chapters that change places each other's numbers, wherever these are written: under <c>number</c>, under <c>chapter</c> of the scenes, in ids, titles and headings, in the names
/// of files and folders, and in what refers to any of them.
/// </summary>
internal sealed class ChapterNumbers(Snapshot snapshot, List<ChapterPart> range, List<int> order)
{
    // A number in a title means the chapter only where each chapter's title has its own.
    private bool AreTitlesNumbered => range.TrueForAll(part => (part.Container is null && part.Heading is null) || InTitle(part) == part.Number);

    /// <summary>The files and folders that take other names.</summary>
    public List<(string From, string To)> Moves { get; } = [];

    /// <summary>The same, file by file.</summary>
    public IReadOnlyList<(string From, string To)> Files { get; private set; } = [];

    /// <summary>Why files cannot take their names; null where they can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Adds the edits, and finds what moves.</summary>
    public void Write(FileEdits edits, CancellationToken cancel)
    {
        for (var place = 0; place < order.Count; place++)
        {
            var (part, there) = (range[order[place]], range[place]);
            if (part != there)
            {
                Fields(part, there, edits);
                Names(part, there, edits, cancel);
                Homes(part, there);
            }
        }

        Files = new PathMoves(Moves).FilesOf(snapshot);
        var leaving = Files.Select(file => file.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Refusal = Files.FirstOrDefault(file => snapshot.Files.Find(file.To) is { } known && !leaving.Contains(known)) is { To: { } taken } ? $"There is a file {taken} already. Give it another name first." : null;
    }

    private void Fields(ChapterPart part, ChapterPart there, FileEdits edits)
    {
        Field(part.Container, "number");
        foreach (var scene in part.Scenes)
        {
            Field(scene, "chapter");
        }

        void Field(Container? container, string name)
        {
            if (container?.Fact.Field(name)?.Value is YamlScalar written && ChapterPart.NumberOf(written.AsText()) is { } number && number == part.Number && snapshot.Text(container.Path) is { } text)
            {
                var own = text.Slice(written.Span);
                var digits = own.Trim('"', '\'');
                edits.Add(container.Path, new(written.Span, own.Replace(digits, Spelled(digits, null, there.Number!.Value), StringComparison.Ordinal)));
            }
        }
    }

    private void Names(ChapterPart part, ChapterPart there, FileEdits edits, CancellationToken cancel)
    {
        var container = part.Container;
        var isIdNumbered = container is { Fact: { IdIsWritten: true, IdSpan: { } id } } && Respell(container.Path, id, ChapterPart.DigitsInName);
        var headings = Titles(part).ToList();
        if (AreTitlesNumbered)
        {
            if (container?.Fact.NameSpan is { } name && !headings.Exists(heading => heading.Heading.Span.Overlaps(name)))
            {
                Respell(container.Path, name, ChapterPart.DigitsInTitle);
            }

            foreach (var (path, heading) in headings.Where(heading => Respell(heading.Path, heading.Heading.TextSpan, ChapterPart.DigitsInTitle)))
            {
                Anchors(path, heading, cancel);
            }
        }

        foreach (var site in container is null ? [] : snapshot.ReferencesTo(container))
        {
            var written = site.Reference?.Text ?? site.Link?.Target;
            var span = site.Reference?.Span ?? site.Link?.TargetSpan;
            if (written is null || span is not { } here)
            {
                continue;
            }

            if (isIdNumbered && NameKey.Of(written) == NameKey.Of(container!.Fact.Id))
            {
                Respell(site.Document.Path, here, ChapterPart.DigitsInName);
            }
            else if (AreTitlesNumbered && NameKey.Of(written) == NameKey.Of(container!.Name))
            {
                Respell(site.Document.Path, here, ChapterPart.DigitsInTitle);
            }
        }

        // The field takes a number as well, so that a name in it is no reference.
        foreach (var scene in container is null ? [] : part.Scenes)
        {
            if (scene.Fact.Field("chapter")?.Value is not YamlScalar written || snapshot.Text(scene.Path) is not { } text)
            {
                continue;
            }

            var own = text.Slice(written.Span);
            var name = own.Trim('"', '\'', '[', ']', ' ');
            var span = new TextSpan(written.Span.Start + own.IndexOf(name, StringComparison.Ordinal), name.Length);
            if (NameKey.Of(name) == NameKey.Of(container!.Fact.Id) && (isIdNumbered || (!container.Fact.IdIsWritten && part.Homes.Contains(container.Path))))
            {
                Respell(scene.Path, span, ChapterPart.DigitsInName);
            }
            else if (AreTitlesNumbered && NameKey.Of(name) == NameKey.Of(container.Name))
            {
                Respell(scene.Path, span, ChapterPart.DigitsInTitle);
            }
        }

        bool Respell(string path, TextSpan span, Func<string, System.Text.RegularExpressions.Group?> digitsIn)
        {
            if (snapshot.Text(path) is not { } text || digitsIn(text.Slice(span)) is not { } digits || ChapterPart.NumberOf(digits.Value) != part.Number)
            {
                return false;
            }

            edits.Add(path, new(new(span.Start + digits.Index, digits.Length), Spelled(digits.Value, null, there.Number!.Value)));
            return true;
        }

        // Links to a heading that says the number.
        void Anchors(string path, HeadingFact heading, CancellationToken cancel)
        {
            var digits = ChapterPart.DigitsInTitle(heading.Text)!;
            var now = heading.Text[..digits.Index] + Spelled(digits.Value, null, there.Number!.Value) + heading.Text[(digits.Index + digits.Length)..];
            foreach (var facts in snapshot.Documents)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var link in facts.Links.Where(link => link.Anchor is not null))
                {
                    if (snapshot.ResolveLink(link, facts.Path) is { Kind: LinkResolutionKind.Resolved, Heading: { } found } target && target.Path == path && found.Span == heading.Span)
                    {
                        edits.Add(facts.Path, new(link.AnchorSpan, link.Kind is LinkKind.Wikilink or LinkKind.Embed ? now : HeadingSlug.Of(now)));
                    }
                }
            }
        }
    }

    // The heading over the scenes, and the first of the chapter's own file.
    private static IEnumerable<(string Path, HeadingFact Heading)> Titles(ChapterPart part)
    {
        if (part.Heading is { } heading)
        {
            yield return (part.HeadingPath!, heading);
        }

        if (part.Container is { Fact.Origin: ContainerOrigin.MarkdownFile } container && container.Document.Headings is [var first, ..] && (part.HeadingPath != container.Path || part.Heading!.Span != first.Span))
        {
            yield return (container.Path, first);
        }
    }

    private void Homes(ChapterPart part, ChapterPart there)
    {
        foreach (var home in part.Homes)
        {
            var start = home.LastIndexOf('/') + 1;
            if (ChapterPart.DigitsInName(home[start..]) is not { } digits || ChapterPart.NumberOf(digits.Value) != part.Number || there.Number != decimal.Truncate(there.Number!.Value))
            {
                continue;
            }

            var slot = there.Homes.Where(other => FileSet.FolderOf(other) == FileSet.FolderOf(home)).Select(other => ChapterPart.DigitsInName(other[(other.LastIndexOf('/') + 1)..])?.Value)
                .FirstOrDefault(other => ChapterPart.NumberOf(other) == there.Number);
            Moves.Add((home, home[..(start + digits.Index)] + Spelled(digits.Value, slot, there.Number.Value) + home[(start + digits.Index + digits.Length)..]));
        }
    }

    private static decimal? InTitle(ChapterPart part) =>
        ChapterPart.NumberOf(ChapterPart.DigitsInTitle(part.Container?.Name ?? part.Heading!.Text)?.Value);

    // As the one is written that has the number now, else as wide as its own where that begins with a nought.
    private static string Spelled(string own, string? slot, decimal number)
    {
        var plain = number.ToString("G29", CultureInfo.InvariantCulture);
        return slot ?? (own.StartsWith('0') ? plain.PadLeft(own.Length, '0') : plain);
    }
}
