using System.Text.RegularExpressions;
using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Moves what is selected into a container of its own, and leaves a link in its place.</summary>
internal sealed partial class ExtractContainer : IRefactoring
{
    private const int LongestName = 60;
    private const int MostWords = 6;

    private static readonly string[] Types = [SchemaSet.Note, "character", "location", "item"];

    public string Name => "extract-container";

    public string Kind => "refactor.extract.container";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (RefusalOf(place) is not null)
        {
            yield break;
        }

        var name = NameIn(place);
        foreach (var type in IsName(place) ? Types : [SchemaSet.Note])
        {
            if (name.Length > 0 && place.Snapshot.Named(name).Count == 0 && Creation(place, type, name) is { } creation)
            {
                yield return new($"Move “{name}” into the {type} {creation.Path}", new() { Type = type, Name = name });
            }
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (RefusalOf(place) is { } refusal)
        {
            return RefactoringResult.Refused(refusal);
        }

        var type = input.Type is { Length: > 0 } wanted ? wanted : SchemaSet.Note;
        if (place.Snapshot.Schemas.Find(type) is null)
        {
            return RefactoringResult.Refused($"There is no type `{type}`. A schema of that name in schemas/ makes one.");
        }

        var name = input.Name?.Trim() is { Length: > 0 } given ? given : NameIn(place);
        if (name.Length == 0 || name.Any(char.IsControl) || name.AsSpan().ContainsAny("[]|#^"))
        {
            return RefactoringResult.Refused("A name is one line, without the signs of links: [ ] | # ^");
        }

        if (place.Snapshot.Named(name) is [var other, ..])
        {
            return RefactoringResult.Refused($"{other.Container.Name} in {other.Container.Path} is called so already. Choose another name.");
        }

        return Creation(place, type, name) is { } creation
            ? Moved(place, creation, name)
            : RefactoringResult.Refused($"A file for `{name}` is there already, or the name is none that a file could have. Choose another name.");
    }

    private static RefactoringResult Moved(RefactoringPlace place, FileCreation creation, string name)
    {
        var end = place.Text.DominantLineEnding;
        var text = creation.Text.Replace("\n", end, StringComparison.Ordinal);
        var part = Selected(place);
        if (IsName(place))
        {
            // The words of a name stay where they are, whatever the whole name is.
            var shown = place.Text.Slice(part);
            return RefactoringResult.Of(new([creation with { Text = text }, new TextChange(place.Path, [new(part, shown == name ? $"[[{name}]]" : $"[[{name}|{shown}]]")])]));
        }

        var after = place.Snapshot.Projected(new Dictionary<string, SourceText?> { [creation.Path] = SourceText.From(text) }, Continuity.Findings.DocumentRules);
        var moved = new MovedText(place.Snapshot, after, place.Document, part, creation.Path);
        var body = moved.Text();
        var files = new List<FileChange> { creation with { Text = text + end + body + end } };
        var edits = moved.Incoming(place.Cancel).Append((place.Path, new TextEdit(part, $"[[{name}]]")));
        files.AddRange(edits.GroupBy(edit => edit.Item1).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new TextChange(group.Key, [.. group.Select(edit => edit.Item2).OrderBy(edit => edit.Span.Start)])));
        var change = new WorkspaceChange(files);
        var aftermath = new Aftermath(place.Snapshot, change);
        var bodyStart = place.Document.Markdown!.BodyStart;
        var layout = new Dictionary<string, IReadOnlyList<Aftermath.Part>>(StringComparer.Ordinal)
        {
            [place.Path] = [new(place.Path, TextSpan.FromBounds(bodyStart, part.Start)), new(null, default), new(place.Path, TextSpan.FromBounds(part.End, place.Text.Length))],
            [creation.Path] = [new(place.Path, part)],
        };
        return aftermath.LosesWords() || moved.LosesLink || aftermath.LosesLinks(layout, place.Cancel)
            ? RefactoringResult.Refused("Behind the move a link would lead elsewhere, or the text would read as something else. Select whole paragraphs, or give the headings other names first.")
            : RefactoringResult.Of(change);
    }

    // Only where a link could stand, and nothing but prose goes away: a container inside of it would change its place in the story.
    private static string? RefusalOf(RefactoringPlace place)
    {
        var part = Selected(place);
        if (part.IsEmpty)
        {
            return "Select the words that are to become a container of their own.";
        }

        if (place.Document.Markdown is not { } markdown || part.Start < markdown.BodyStart)
        {
            return "Only the text of a Markdown file can be moved into a container of its own.";
        }

        var cutsPart = place.Facts.Links.Any(link => link.Span.Overlaps(part) && !part.Contains(link.Span)) ||
            place.Facts.Headings.Any(heading => heading.Span.Overlaps(part) && !part.Contains(heading.Span)) ||
            markdown.Comments.Any(comment => comment.Span.Overlaps(part) && !part.Contains(comment.Span));
        if (cutsPart || !place.Facts.Prose.Any(prose => prose.Span.Overlaps(part)))
        {
            return "The selection cuts a link, a heading or a comment, or holds no prose. Select whole words or whole paragraphs.";
        }

        if (MovedText.CutsDefinition(place.Text, part))
        {
            return "The selection has a footnote or a link whose definition stands outside of it, or the other way round. Select both.";
        }

        return markdown.StoryFences.Any(fence => fence.Span.Overlaps(part)) || place.Facts.Containers.Any(container => container.Origin == ContainerOrigin.Heading && part.Overlaps(container.SelectionSpan))
            ? "The selection holds a scene, or a part of one's attributes. Move that by itself."
            : null;
    }

    // What was selected with blanks around it means the words.
    private static TextSpan Selected(RefactoringPlace place)
    {
        var (start, end) = (place.Span.Start, place.Span.End);
        while (start < end && char.IsWhiteSpace(place.Text.Text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(place.Text.Text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static bool IsName(RefactoringPlace place)
    {
        var part = Selected(place);
        var text = place.Text.Slice(part);
        return text.Length <= LongestName && text.Split(' ').Length <= MostWords && !text.AsSpan().ContainsAny("\r\n.!?;:\"“”|[]#^*_`<>") &&
            !place.Facts.Links.Any(link => link.Span.Overlaps(part)) && !place.Facts.Headings.Any(heading => heading.Span.Overlaps(part));
    }

    private static string NameIn(RefactoringPlace place)
    {
        var part = Selected(place);
        var text = place.Facts.Headings.FirstOrDefault(heading => part.Contains(heading.Span))?.Text ?? FirstSentence(Shown(place, part));
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var clean = string.Join(' ', words.Take(MostWords).Select(word => new string([.. word.Where(unit => !"[]|#^*_`<>“”\"".Contains(unit))])).Where(word => word.Length > 0));
        return (clean.Length > LongestName ? clean[..(char.IsHighSurrogate(clean[LongestName - 1]) ? LongestName - 1 : LongestName)] : clean).TrimEnd('.', ',', ';', ':', '!', '?', ' ');
    }

    // The words as a reader sees them: links by what they show, footnotes not at all.
    private static string Shown(RefactoringPlace place, TextSpan part)
    {
        var text = place.Text.Slice(part);
        foreach (var link in place.Facts.Links.Where(link => part.Contains(link.Span)).OrderByDescending(link => link.Span.Start))
        {
            text = text.Remove(link.Span.Start - part.Start, link.Span.Length).Insert(link.Span.Start - part.Start, link.Shown ?? link.Target);
        }

        return Footnote().Replace(text, "");
    }

    private static string FirstSentence(string text) => text.AsSpan().IndexOfAny('?', '!') is > 0 and var end ? text[..end] : text;

    [GeneratedRegex(@"\[\^[^\[\]\r\n]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Footnote();

    private static FileCreation? Creation(RefactoringPlace place, string type, string name) =>
        NewContainer.For(place.Snapshot, place.Document, name, type, isLink: !IsName(place));
}
