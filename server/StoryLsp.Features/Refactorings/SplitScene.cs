using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>Makes two scenes of one, before the paragraph with the cursor.</summary>
internal sealed class SplitScene : IRefactoring
{
    public string Name => "split-scene";

    public string Kind => "refactor.rewrite.split-scene";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (place.Span.IsEmpty && place.Scene is { } scene && SceneText.Of(place.Snapshot, scene) is { } text && PlaceIn(text, place.Span.Start) is { } at)
        {
            yield return new($"Split “{scene.Name}” before “{FirstWords(text.Text, at)}”", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (place.Scene is not { } scene || SceneText.Of(place.Snapshot, scene) is not { } text)
        {
            return RefactoringResult.Refused("Only a scene that is a Markdown file or a heading of one, and holds no other, can be split.");
        }

        if (PlaceIn(text, place.Span.Start) is not { } at)
        {
            return RefactoringResult.Refused("A scene is split before a paragraph, with prose before and behind it, and so that footnotes and link definitions stay with what uses them. Set the cursor into such a paragraph.");
        }

        var second = new SecondScene(place.Snapshot, text, at, input.Name?.Trim());
        if (second.Refusal is { } refusal)
        {
            return RefactoringResult.Refused(refusal);
        }

        var edits = new FileEdits();
        MovedText? moved = null;
        var end = text.Text.DominantLineEnding;
        if (text.Heading is { } heading)
        {
            edits.Add(text.Path, new(new(at, 0), second.HeadingLines(heading, text, end)));
        }
        else
        {
            var part = TextSpan.FromBounds(at, text.End);
            var head = second.FileHead(end);
            var after = place.Snapshot.Projected(new Dictionary<string, SourceText?> { [second.Path!] = SourceText.From(head) }, Continuity.Findings.DocumentRules);
            moved = new MovedText(place.Snapshot, after, text.Document, part, second.Path!);
            edits.Create(new(second.Path!, head + moved.Text()));
            // The blank line between the two goes away; a merge puts it there again.
            edits.Add(text.Path, new(TextSpan.FromBounds(StartOfLineEnd(text.Text, at), text.End), ""));
            foreach (var (path, edit) in moved.Incoming(place.Cancel))
            {
                edits.Add(path, edit);
            }
        }

        if (Manuscript.Of(place.Snapshot) is { } manuscript && manuscript.Find(place.Snapshot, scene) is { } entry)
        {
            var item = NameKey.Of(entry.Scalar.Value) == NameKey.Of(scene.Name) && !scene.Fact.IdIsWritten ? second.Name : second.Id;
            if (ListEdits.InsertAfter(manuscript.Document.Text, entry.List, entry.Index, [YamlText.Scalar(item)]) is not { } listed)
            {
                return RefactoringResult.Refused($"The manuscript in {manuscript.Document.Path} is written so that no scene can be put into it. Write its entries line by line.");
            }

            edits.Add(manuscript.Document.Path, listed);
        }

        var result = edits.ToResult();
        return result.Change is { } change && Refusal(place, text, at, second, moved, change) is { } why ? RefactoringResult.Refused(why) : result;
    }

    // What would not be right is not done.
    private static string? Refusal(RefactoringPlace place, SceneText text, int at, SecondScene second, MovedText? moved, WorkspaceChange change)
    {
        var aftermath = new Aftermath(place.Snapshot, change);
        if (aftermath.LosesWords() || aftermath.ContainersIn(text.Path) != text.Document.Facts.Containers.Count + (text.IsFile ? 0 : 1))
        {
            return $"“{text.Scene.Name}” is written so that its halves would not read as two scenes. Look whether all fences and comments in it are closed.";
        }

        if (!text.IsFile)
        {
            return null;
        }

        var layout = new Dictionary<string, IReadOnlyList<Aftermath.Part>>(StringComparer.Ordinal)
        {
            [text.Path] = [new(text.Path, TextSpan.FromBounds(text.BodyStart, at))],
            [second.Path!] = [new(text.Path, TextSpan.FromBounds(at, text.End))],
        };
        return moved is { LosesLink: true } || aftermath.LosesLinks(layout, place.Cancel)
            ? $"A link to or in “{text.Scene.Name}” would lead elsewhere, as two headings or files have one name. Give one of them another name first."
            : null;
    }

    /// <summary>The beginning of the paragraph before which the scene is split; null where there is none.</summary>
    private static int? PlaceIn(SceneText scene, int caret)
    {
        var text = scene.Text;
        if (caret < scene.BodyStart || caret > scene.End)
        {
            return null;
        }

        var line = text.GetPosition(caret).Line;
        if (IsBlank(text, line) || (caret >= text.GetLineSpan(line).End && line + 1 < text.LineCount && IsBlank(text, line + 1)))
        {
            line++;
            while (line < text.LineCount && IsBlank(text, line))
            {
                line++;
            }
        }
        else
        {
            while (line > 0 && !IsBlank(text, line - 1))
            {
                line--;
            }
        }

        if (line <= 0 || line >= text.LineCount || !IsBlank(text, line - 1))
        {
            return null;
        }

        var at = text.LineStarts[line];
        var isInBody = at > scene.BodyStart && at < scene.End;
        var isText = scene.Document.Facts.Prose.Any(prose => prose.Span.Touches(at) || (prose.Span.Start > at && text.GetPosition(prose.Span.Start).Line == line));
        return isInBody && isText && scene.HasProse(TextSpan.FromBounds(scene.BodyStart, at)) && scene.HasProse(TextSpan.FromBounds(at, scene.End)) &&
            !(scene.IsFile && MovedText.CutsDefinition(text, TextSpan.FromBounds(at, scene.End))) ? at : null;
    }

    private static bool IsBlank(SourceText text, int line) => string.IsNullOrWhiteSpace(text.Slice(text.GetLineSpan(line)));

    // Where the blank line before a paragraph ends: its blanks stay, its line end goes.
    private static int StartOfLineEnd(SourceText text, int at) => text.GetLineSpan(text.GetPosition(at).Line - 1).End;

    private static string FirstWords(SourceText text, int at)
    {
        const int most = 4;
        var words = text.Slice(text.GetLineSpan(text.GetPosition(at).Line)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Take(most)) + (words.Length > most ? " …" : "");
    }
}
