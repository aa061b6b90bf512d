using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>An edit between two states of a story of which it is known where it comes from.</summary>
/// <param name="File">Workspace-relative path with <c>/</c>, as the file is called after.</param>
/// <param name="FirstLine">The first line that it made, from 0.</param>
/// <param name="LastLine">The last line that it made, from 0.</param>
/// <param name="Text">The first of its sentences.</param>
/// <param name="Sentences">How many sentences or entries it has of that origin.</param>
/// <param name="Kind">Whether a model wrote it, whether it was changed since, or whether no model wrote it.</param>
/// <param name="Record">The proposal that it was accepted from.</param>
/// <param name="Hunk">What was accepted, by whom and when.</param>
public sealed record EditOrigin(string File, int FirstLine, int LastLine, string Text, int Sentences, Authorship Kind, ProvenanceRecord Record, AcceptedHunk Hunk);

/// <summary>Tells of the edits between two states of a story which of them came from an accepted proposal. It tells only what is known: the rest is anybody's.</summary>
public static class EditOrigins
{
    /// <summary>The edits with a known origin, by file and place.</summary>
    /// <param name="before">The story as it was.</param>
    /// <param name="after">The story as it is.</param>
    /// <param name="renames">Files that have another name now: the path after to the one before.</param>
    /// <param name="records">What was accepted.</param>
    public static IReadOnlyList<EditOrigin> Of(Snapshot before, Snapshot after, IReadOnlyDictionary<string, string> renames, IReadOnlyList<ProvenanceRecord> records)
    {
        if (records.Count == 0)
        {
            return [];
        }

        var numbers = new WordNumbers();
        var stood = Forms(before).ToHashSet(StringComparer.Ordinal);
        var story = new List<(StorySentence Sentence, Piece Piece)>();
        foreach (var path in after.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal))
        {
            var pieces = TextPieces.Of(path, after.Text(path)?.Text ?? "").Select(piece => (Form: SentenceForm.Of(piece.Text), Piece: piece)).Where(piece => piece.Form.Length > 0);
            story.AddRange(pieces.Select(piece => (new StorySentence(path, 0, piece.Form, numbers.Of(piece.Form)), piece.Piece)));
        }

        var accepted = records.SelectMany(record => record.Hunks.SelectMany(hunk => hunk.Sentences.Select(sentence => new AcceptedSource(record, hunk, sentence, numbers)))).ToList();
        SurvivingSentences.Find([.. story.Select(sentence => sentence.Sentence)], accepted);
        // A sentence that stood somewhere before was moved at most, and that is no edit of a model.
        var found = story.Where(sentence => sentence.Sentence.Source is { IsOld: false } && !stood.Contains(sentence.Sentence.Form)).GroupBy(sentence => sentence.Sentence.File);
        return [.. found.SelectMany(file => InFile(before, after, renames.GetValueOrDefault(file.Key, file.Key), file.Key, [.. file]))];
    }

    private static IEnumerable<EditOrigin> InFile(Snapshot before, Snapshot after, string old, string path, List<(StorySentence Sentence, Piece Piece)> sentences)
    {
        var text = after.Text(path)!;
        var (at, shift) = (0, 0);
        foreach (var edit in TextDifference.Of(path, before.Text(old)?.Text ?? "", text.Text))
        {
            var made = new TextSpan(edit.Edit.Span.Start + shift, edit.Edit.NewText.Length);
            shift += edit.Edit.NewText.Length - edit.Edit.Span.Length;
            at = sentences.FindIndex(at, sentence => sentence.Piece.End > made.Start) is >= 0 and var next ? next : sentences.Count;
            var inside = sentences.Skip(at).TakeWhile(sentence => sentence.Piece.Start < made.End).GroupBy(sentence => (sentence.Sentence.Source!.Record.Proposal, sentence.Sentence.Source.Hunk.Hunk, sentence.Sentence.Kind));
            foreach (var group in inside)
            {
                var source = group.First().Sentence.Source!;
                yield return new(path, text.GetPosition(group.First().Piece.Start).Line, text.GetPosition(group.Last().Piece.End).Line, group.First().Piece.Text.Trim(), group.Count(), group.Key.Kind, source.Record, source.Hunk);
            }
        }
    }

    private static IEnumerable<string> Forms(Snapshot snapshot) =>
        snapshot.Documents.SelectMany(facts => TextPieces.Of(facts.Path, snapshot.Text(facts.Path)?.Text ?? "")).Select(piece => SentenceForm.Of(piece.Text)).Where(form => form.Length > 0);
}
