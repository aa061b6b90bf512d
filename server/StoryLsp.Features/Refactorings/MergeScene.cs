using StoryLsp.Continuity;
using StoryLsp.Continuity.Edits;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// Makes one scene of two that follow each other. Lists of attributes are joined; what the second says otherwise than the first stands as a comment at the joint, so that
/// nothing is lost; what referred to the second refers to the first.
/// </summary>
internal sealed class MergeScene : IRefactoring
{
    public string Name => "merge-scene";

    public string Kind => "refactor.rewrite.merge-scene";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        // What holds the end of a comment cannot be kept in one.
        if (place.Span.IsEmpty && Pair(place) is var (first, second) && !(second.Root() is { } root && second.Text.Slice(root.Span).Contains("-->", StringComparison.Ordinal)))
        {
            yield return new($"Merge “{first.Scene.Name}” with the next scene, “{second.Scene.Name}”", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (Pair(place) is not var (first, second))
        {
            return RefactoringResult.Refused("Two scenes are merged that the reader meets after each other: two Markdown files, or two headings of one file with nothing between them.");
        }

        var edits = new FileEdits();
        var attributes = new JoinedAttributes(place.Snapshot, first, second);
        if (!attributes.TryJoin(edits))
        {
            return RefactoringResult.Refused($"What “{second.Scene.Name}” says of itself cannot be kept in a comment, as it holds the end of one. Take `-->` out of it first.");
        }

        if (first.IsFile && MovedText.DefineTheSame(first.Text, second.Text))
        {
            return RefactoringResult.Refused("Both scenes have a footnote or a link definition of the same label. Give one of them another label first.");
        }

        var after = first.IsFile ? place.Snapshot.Projected(new Dictionary<string, SourceText?> { [second.Path] = null }, Findings.DocumentRules) : place.Snapshot;
        var part = TextSpan.FromBounds(Skip(second.Text, first.IsFile && attributes.Title is { } title ? SceneText.LineAfter(second.Text, title.Span.End) : second.BodyStart, second.End), second.End);
        var moved = new MovedText(place.Snapshot, after, second.Document, part, first.Path);
        if (References(place, first, second, edits, after, moved) is { } refusal)
        {
            return RefactoringResult.Refused(refusal);
        }

        Text(place, first, second, part, moved, attributes.Comment, edits);
        var result = edits.ToResult();
        return result.Change is { } change && Refusal(place, first, second, part, moved, change) is { } why ? RefactoringResult.Refused(why) : result;
    }

    // What would not be right is not done.
    private static string? Refusal(RefactoringPlace place, SceneText first, SceneText second, TextSpan part, MovedText moved, WorkspaceChange change)
    {
        var aftermath = new Aftermath(place.Snapshot, change);
        var containers = first.Document.Facts.Containers.Count + (first.IsFile ? second.Document.Facts.Containers.Count : 0) - 1;
        if (aftermath.LosesWords() || aftermath.ContainersIn(first.Path) != containers)
        {
            return $"“{first.Scene.Name}” and “{second.Scene.Name}” are written so that they would not read as one scene: a comment, a fence or an attribute is not closed, or belongs to neither. Close it first.";
        }

        var layout = new Dictionary<string, IReadOnlyList<Aftermath.Part>>(StringComparer.Ordinal)
        {
            [first.Path] = [new(first.Path, TextSpan.FromBounds(first.BodyStart, first.End)), new(second.Path, part)],
        };
        return first.IsFile && (moved.LosesLink || aftermath.LosesLinks(layout, place.Cancel))
            ? $"A link to or in “{second.Scene.Name}” would lead elsewhere, as two headings or files have one name. Give one of them another name first."
            : null;
    }

    private static (SceneText First, SceneText Second)? Pair(RefactoringPlace place)
    {
        var snapshot = place.Snapshot;
        if (place.Scene is not { } scene || snapshot.Narrative.PositionOf(scene) is not (>= 0 and var position) || position + 1 >= snapshot.Narrative.Count ||
            SceneText.Of(snapshot, scene) is not { } first)
        {
            return null;
        }

        var key = snapshot.Narrative.At(position + 1);
        if (snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is not { } next || SceneText.Of(snapshot, next) is not { } second)
        {
            return null;
        }

        var isPair = first.IsFile && second.IsFile ? first.Path != second.Path && next.Document.Containers.All(container => container.Index == 0 || container.Parent == 0)
            : !first.IsFile && !second.IsFile && first.Path == second.Path && !IsApart(second) && first.End == second.Fact.Span.Start && first.Heading!.Level == second.Heading!.Level;
        return isPair ? (first, second) : null;
    }

    // Something stands between the heading and its attributes.
    private static bool IsApart(SceneText scene) =>
        scene.Fence is { } fence && scene.Heading is { } heading && fence.Span.Start > heading.Span.End && !string.IsNullOrWhiteSpace(scene.Text.Slice(TextSpan.FromBounds(heading.Span.End, fence.Span.Start)));

    private static void Text(RefactoringPlace place, SceneText first, SceneText second, TextSpan part, MovedText moved, string comment, FileEdits edits)
    {
        var end = first.Text.DominantLineEnding;
        var note = comment.Length == 0 ? "" : comment.Replace("\n", end, StringComparison.Ordinal) + end + end;
        if (!first.IsFile)
        {
            // The heading of the second goes, and its attributes with it.
            var before = Break(first.Text.Slice(TextSpan.FromBounds(0, first.End)), end);
            edits.Add(first.Path, new(TextSpan.FromBounds(second.Fact.Span.Start, part.Start), before + note));
            return;
        }

        var body = moved.Text();
        if (second.Text.DominantLineEnding != end)
        {
            body = body.ReplaceLineEndings(end);
        }

        edits.Add(first.Path, new(new(first.Text.Length, 0), Joint(first.Text.Text, end) + note + body));
        foreach (var (path, edit) in moved.Incoming(place.Cancel))
        {
            edits.Add(path, edit);
        }

        edits.Last(new FileDeletion(second.Path));
    }

    // What is missing of a blank line at the end of a text.
    private static string Break(string text, string end)
    {
        var rest = text.AsSpan().TrimEnd(" \t");
        return rest.EndsWith(end + end) ? "" : rest.EndsWith("\n") || rest.EndsWith("\r") ? end : end + end;
    }

    // The line end that a split takes away; where the last line is open, it is closed first.
    private static string Joint(string text, string end)
    {
        var line = text.AsSpan(text.AsSpan().LastIndexOfAny('\r', '\n') + 1);
        return line.Length == 0 || line.IsWhiteSpace() ? end : end + end;
    }

    private static int Skip(SourceText text, int from, int to)
    {
        while (from < to && string.IsNullOrWhiteSpace(text.Slice(text.GetLineSpan(text.GetPosition(from).Line))))
        {
            var next = SceneText.LineAfter(text, from + 1);
            if (next <= from)
            {
                break;
            }

            from = Math.Min(next, to);
        }

        return from;
    }

    // Whatever refers to the second refers to the first; a list that has the first already loses the second.
    private static string? References(RefactoringPlace place, SceneText first, SceneText second, FileEdits edits, Snapshot after, MovedText moved)
    {
        var snapshot = place.Snapshot;
        var name = first.Fact.IdIsWritten || !snapshot.Named(first.Scene.Name).Any(named => named.Container.IsSameAs(first.Scene)) ? snapshot.IdOf(first.Scene) : first.Scene.Name;
        var manuscript = Manuscript.Of(snapshot);
        if (manuscript?.Find(snapshot, second.Scene) is { } listed && manuscript.Find(snapshot, first.Scene) is not null)
        {
            if (ListEdits.Remove(manuscript.Document.Text, listed.List, listed.Index) is not { } removal)
            {
                return ListEdits.HasComment(manuscript.Document.Text, listed.List, listed.Index)
                    ? $"A comment stands beside “{second.Scene.Name}” in the manuscript in {manuscript.Document.Path}, and would be lost with its entry. Take it to another line first."
                    : $"The manuscript in {manuscript.Document.Path} is written so that a scene cannot be taken out of it. Write its entries line by line.";
            }

            edits.Add(manuscript.Document.Path, removal);
        }

        foreach (var site in snapshot.ReferencesTo(second.Scene))
        {
            place.Cancel.ThrowIfCancellationRequested();
            var path = site.Document.Path;
            if (site.Reference is { IsInManuscript: true } || (path == second.Path && second.Fact.Span.Contains(site.Span)) || snapshot.Document(path) is not { } document)
            {
                continue;
            }

            if (site.Link is { } link)
            {
                var target = link.Kind is LinkKind.Wikilink or LinkKind.Embed ? name : FileSet.WayTo(FileSet.FolderOf(path), first.Path);
                var written = first.IsFile ? moved.Written(link, path, path, first.Path) : new TextEdit(link.TargetSpan, target);
                if (written is { } edit)
                {
                    edits.Add(path, edit);
                }
            }
            else if (site.Reference is { } reference)
            {
                var same = document.Facts.References.Any(other => other != reference && other.Container == reference.Container && other.Field == reference.Field && snapshot.Resolve(other, path).Container?.IsSameAs(first.Scene) == true);
                var removal = same && reference.Container >= 0 ? Continuity.Edits.FieldEdits.RemoveFromList(document, document.Facts.Containers[reference.Container], reference.Field, reference.Span) : null;
                edits.Add(path, removal ?? new(reference.Span, InYaml.Write(snapshot, path, document.Text, reference.Span, reference.IsLink && first.IsFile ? Target(after, reference, path, first) ?? name : name, reference.IsLink)));
            }
        }

        Anchors(place, first, second, edits);
        return null;
    }

    // The stem of the file, or its path where the stem names another.
    private static string? Target(Snapshot after, ReferenceFact reference, string from, SceneText first) =>
        new[] { FileSet.StemOf(first.Path), first.Path[..^System.IO.Path.GetExtension(first.Path).Length] }
            .FirstOrDefault(text => after.Resolve(reference with { Text = text }, from).Container?.IsSameAs(first.Scene) == true);

    // The heading that made the second scene is gone; links to it lead to that of the first.
    private static void Anchors(RefactoringPlace place, SceneText first, SceneText second, FileEdits edits)
    {
        if (second.Heading is not { } gone || first.Heading is not { } kept)
        {
            return;
        }

        foreach (var facts in place.Snapshot.Documents)
        {
            place.Cancel.ThrowIfCancellationRequested();
            foreach (var link in facts.Links.Where(link => link.Anchor is not null))
            {
                if (place.Snapshot.ResolveLink(link, facts.Path) is { Kind: LinkResolutionKind.Resolved, Heading: { } heading } found && found.Path == second.Path && heading.Span == gone.Span)
                {
                    edits.Add(facts.Path, new(link.AnchorSpan, link.Kind is LinkKind.Wikilink or LinkKind.Embed ? kept.Text : kept.Slug));
                }
            }
        }
    }
}
